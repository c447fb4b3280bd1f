import { type Document, RankwrightError } from "../../types/index.js";
import { refuse } from "./refuse.js";
import { toYaml } from "./yaml.js";

/** A document as callers send it: text, or an object whose parts may be chosen. */
export type SentDocument = string | Readonly<Record<string, unknown>>;

export interface DocumentOptions {
  /** Name of the list in the request, for messages. Default: `documents`. */
  readonly field?: string | undefined;
  /** What to read of objects: names of fields, or paths to them with dots. Default: `text`. */
  readonly rankFields?: readonly string[] | null | undefined;
  /** Read objects without `text` whole. */
  readonly wholeObjects?: boolean | undefined;
}

const MOST_LEVELS = 32;

/**
 * Documents as a model reads them. Of an object, one field is read as it stands; several are joined as YAML in the
 * order in which they are named, as Cohere does.
 *
 * @throws RankwrightError NO_DOCUMENTS, INVALID_REQUEST
 */
export function readDocuments(
  sent: readonly SentDocument[],
  options: DocumentOptions = {},
): readonly Document[] {
  const { field = "documents" } = options;
  if (sent.length === 0) refuse("NO_DOCUMENTS", field, sent, "pass at least one");
  return sent.map((document, index) => ({
    text: typeof document === "string" ? document : textOf(document, `${field}[${index}]`, options),
  }));
}

function textOf(document: Exclude<SentDocument, string>, name: string, options: DocumentOptions): string {
  const { rankFields, wholeObjects } = options;
  if (exceedsLevels(document, MOST_LEVELS)) {
    const message = `${name} is nested too deeply; nest at most ${MOST_LEVELS} levels, or send the text alone`;
    throw new RankwrightError("INVALID_REQUEST", message, { field: name });
  }
  const fields = rankFields?.length ? rankFields : ["text"];
  const parts = fields
    .map((path) => [path, valueAt(document, path)] as const)
    .filter(([, value]) => value !== undefined && value !== null);
  if (parts.length === 0) {
    if (wholeObjects && !rankFields?.length && Object.keys(document).length > 0) return toYaml(document);
    refuse(
      "INVALID_REQUEST",
      `${name}.${fields[0]}`,
      undefined,
      "pass a string, or name other fields in rank_fields",
    );
  }
  const [path, only] = parts[0] as readonly [string, unknown];
  if (fields.length > 1) return parts.map(([key, value]) => toYaml(entry(key, value))).join("\n");
  if (typeof only === "string") return only;
  if (path === "text" && !wholeObjects) refuse("INVALID_REQUEST", `${name}.text`, only, "pass a string");
  return toYaml(only);
}

/** Defined rather than assigned, so that `__proto__` is a name like any other. */
function entry(key: string, value: unknown): object {
  return Object.defineProperty({}, key, { value, enumerable: true });
}

function valueAt(document: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(document, path)) return document[path];
  let value: unknown = document;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function exceedsLevels(value: unknown, most: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return most === 0 || Object.values(value).some((inner) => exceedsLevels(inner, most - 1));
}
