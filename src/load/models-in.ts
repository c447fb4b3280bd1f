import type { ReadSpec } from "./read-spec.js";

/** A model that a spec names, with options of its own. */
export interface NamedModel {
  readonly model: string;
  readonly options: ReadSpec["fields"];
}

/** Every model that a spec names, in its order. */
export function modelsIn({ kind, value, fields, parts }: ReadSpec): readonly NamedModel[] {
  if (kind.key === "model") return [{ model: value as string, options: fields }];
  return parts.flatMap(({ spec }) => modelsIn(spec));
}
