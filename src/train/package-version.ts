import { createRequire } from "node:module";

/** The version of this package, for what outlives it: model cards and records. */
export const PACKAGE_VERSION = (
  createRequire(import.meta.url)("../../package.json") as { readonly version: string }
).version;
