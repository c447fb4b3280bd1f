import { execFileSync } from "node:child_process";
import { copyFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");
/** Neither of these changes what runs, and types have a check of their own. */
const QUICK = "--noCheck --declaration false --declarationMap false --sourceMap false".split(" ");

/**
 * Compiles the sources into `folder` as the package is built, for tests that need a process of its own to send
 * signals to or to put on another disk.
 *
 * @returns the program, to be run with `process.execPath`
 */
export function compileCli(folder: string): string {
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  const dist = join(folder, "dist");
  execFileSync(process.execPath, [
    compiler,
    "-p",
    join(ROOT, "tsconfig.build.json"),
    "--outDir",
    dist,
    ...QUICK,
  ]);
  copyFileSync(join(ROOT, "package.json"), join(folder, "package.json"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
  return join(dist, "cli/main.js");
}
