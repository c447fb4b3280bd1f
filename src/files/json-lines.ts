import { type ErrorCode, RankwrightError, show } from "../types/index.js";
import { firstJsonError } from "./first-json-error.js";
import { lineError } from "./line-error.js";
import { readLines } from "./read-lines.js";

/** What error messages say about a source of JSON Lines. */
export interface JsonLinesSource {
  readonly name: string;
  /** What every line should be, as a request: `write {"id": "…"} a line`. */
  readonly shape: string;
  /** Of lines that are JSON but not what they should be. Default INVALID_RECORD. */
  readonly code?: ErrorCode | undefined;
}

export interface JsonLine {
  /** Line it stands on; 1 for the first. */
  readonly line: number;
  readonly record: Readonly<Record<string, unknown>>;
}

/**
 * The objects of JSON Lines, one a line; blank lines are skipped.
 *
 * @throws RankwrightError INVALID_UTF8, INVALID_JSON, LINE_TOO_LONG, and the source's code for other values
 */
export async function* jsonLines(
  chunks: AsyncIterable<Uint8Array | string>,
  source: JsonLinesSource,
): AsyncGenerator<JsonLine> {
  for await (const { number, text } of readLines(chunks, source.name)) {
    if (text.trim() === "") continue;
    const record = parseJsonLine(text, number, source);
    if (!isObject(record)) throw recordError(source, number, "the line", record, source.shape);
    yield { line: number, record };
  }
}

/** The value of one line. @throws RankwrightError INVALID_JSON with the column */
export function parseJsonLine(json: string, line: number, { name, shape }: JsonLinesSource): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const at = firstJsonError(json) ?? json.length;
    const problem =
      at === json.length ? "the JSON ends too early" : `${show(json.slice(at, at + 20))} is not JSON here`;
    const message = `${name}, line ${line}, column ${at + 1}: ${problem}; ${shape}, complete on its line.`;
    throw new RankwrightError("INVALID_JSON", message, { field: `line ${line}`, value: json, cause });
  }
}

/** The error for a field whose value is not what it should be. @param mend As in "give a string". */
export function recordError(
  { name, code = "INVALID_RECORD" }: JsonLinesSource,
  line: number,
  field: string,
  value: unknown,
  mend: string,
): RankwrightError {
  return lineError(code, name, line, `${field} is ${show(value)}; ${mend}`, { field, value });
}

/** Exports write null for what they do not have. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
