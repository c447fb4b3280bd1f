import { isAbsent, type JsonLinesSource, recordError } from "./json-lines.js";

/**
 * The id under the first of these keys that a record has, as a string; numbers are taken too.
 *
 * @throws RankwrightError with the source's code, where there is none or an empty one
 */
export function recordId(
  record: Readonly<Record<string, unknown>>,
  keys: readonly [string, ...string[]],
  line: number,
  source: JsonLinesSource,
): string {
  const key = keys.find((name) => !isAbsent(record[name])) ?? keys[0];
  const id = record[key];
  if (typeof id === "string" && id !== "") return id;
  if (typeof id === "number" || typeof id === "bigint") return String(id);
  throw recordError(source, line, key, id, "give a string that is not empty, or a number");
}
