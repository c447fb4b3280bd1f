import type { z } from "zod";
import { closestName } from "../evaluate/measures/closest-name.js";
import type { Calibration } from "../rerank/index.js";
import { RankwrightError } from "../types/index.js";
import { calibrationSchema } from "./calibration-schema.js";
import type { Kind } from "./kind.js";
import { KINDS } from "./kinds.js";
import { showSpecValue } from "./show-spec-value.js";

/** A spec that was checked, with the specs inside it. */
export interface ReadSpec {
  /** Where it stands in the whole; "" for the whole. */
  readonly path: string;
  readonly kind: Kind;
  readonly value: unknown;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly calibration: Calibration | undefined;
  readonly parts: readonly { readonly spec: ReadSpec; readonly fields: unknown }[];
}

/** Deeper than anybody nests; a spec that holds itself ends here. */
const DEEPEST = 16;

/**
 * Checks a whole spec before anything of it is loaded.
 *
 * @throws RankwrightError INVALID_OPTION naming the place, as `cascade[1].keep`, the value and the mend
 */
export function readSpec(given: unknown, path = "", depth = 0): ReadSpec {
  if (typeof given === "string") return readSpec({ model: given }, path, depth);
  if (depth > DEEPEST) throw invalid(path, "a spec", `nest at most ${DEEPEST} deep`);
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw invalid(path, given, `give the name of a model, or an object with one of ${keys()}`);
  }
  const { calibration, ...spec } = given as Readonly<Record<string, unknown>>;
  const kind = kindOf(spec, path);
  const { [kind.key]: value, ...fields } = spec;
  const at = join(path, kind.key);
  return {
    path,
    kind,
    value: kind.value ? check(kind.value, value, at) : undefined,
    fields: check(kind.fields, fields, path) as ReadSpec["fields"],
    calibration:
      calibration === undefined
        ? undefined
        : (check(calibrationSchema, calibration, join(path, "calibration")) as Calibration),
    parts: kind.partFields ? readParts(kind, kind.partFields, value, path, depth) : [],
  };
}

function kindOf(spec: Readonly<Record<string, unknown>>, path: string): Kind {
  const present = KINDS.filter(({ key }) => Object.hasOwn(spec, key));
  // The key of one kind may be a field of another, as `model` is of `hosted`.
  const isField = ({ key }: Kind) => present.some(({ fields }) => Object.hasOwn(fields.shape, key));
  const [kind, other] = present.filter((each) => !isField(each));
  if (!kind) throw invalid(path, spec, `give it one of ${keys()}`);
  if (!other) return kind;
  const mend = `it says what the reranker is, and so does ${kind.key}; give one of them`;
  throw invalid(join(path, other.key), spec[other.key], mend);
}

function readParts(
  kind: Kind,
  partFields: z.ZodObject,
  list: unknown,
  path: string,
  depth: number,
): ReadSpec["parts"] {
  const at = join(path, kind.key);
  if (!Array.isArray(list) || list.length === 0)
    throw invalid(at, list, "give an array of at least one spec");
  const parts = list.map((entry, i) => {
    const place = `${at}[${i}]`;
    if (typeof entry !== "object" || entry === null)
      return { spec: readSpec(entry, place, depth + 1), fields: {} };
    const isOwn = ([name]: [string, unknown]) => Object.hasOwn(partFields.shape, name);
    const entries = Object.entries(entry);
    return {
      fields: check(partFields, Object.fromEntries(entries.filter(isOwn)), place),
      spec: readSpec(Object.fromEntries(entries.filter((each) => !isOwn(each))), place, depth + 1),
    };
  });
  const wrong = kind.check?.(parts.map(({ fields }) => fields));
  if (wrong) throw invalid(join(path, wrong.path), wrong.value, wrong.mend);
  return parts;
}

/** The value as the schema reads it. */
function check(schema: z.ZodType, value: unknown, path: string): unknown {
  const { data, error } = schema.safeParse(value);
  const issue = error?.issues[0];
  if (!issue) return data;
  const place = issue.path.reduce((whole: string, key) => join(whole, key), path);
  if (issue.code === "unrecognized_keys") {
    const [name = ""] = issue.keys;
    const known = "shape" in schema ? Object.keys(schema.shape as object) : [];
    const close = closestName(name, known);
    const mend = close ? `did you mean ${close}?` : `there is no such field here`;
    throw invalid(join(place, name), valueAt(value, [...issue.path, name]), mend);
  }
  throw invalid(place, valueAt(value, issue.path), issue.message);
}

function keys(): string {
  return KINDS.map(({ key }) => key).join(", ");
}

function join(path: string, key: PropertyKey): string {
  if (typeof key === "number") return `${path}[${key}]`;
  return path === "" ? String(key) : `${path}.${String(key)}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

function invalid(path: string, value: unknown, mend: string): RankwrightError {
  const field = path || "spec";
  return new RankwrightError("INVALID_OPTION", `${field} is ${showSpecValue(path, value)}; ${mend}`, {
    field,
  });
}
