import { type Document, RankwrightError, show } from "../types/index.js";
import { firstJsonError } from "./first-json-error.js";
import { fileBytes, type Line, readLines } from "./read-lines.js";

/** A candidate as a file or a pipe holds it. */
export interface ReadDocument {
  readonly document: Document;
  /** The first stage's own score, where the record has one. */
  readonly score?: number | undefined;
  /** Line it stands on; 1 for the first. */
  readonly line: number;
}

const SHAPE = 'write one {"text": "…"} object a line';

/**
 * Reads candidates line by line, from the file at a path or from a stream such as standard input.
 *
 * The first line that is not blank decides the format of the whole. When it begins with `{`, or is one
 * complete JSON string, every line is JSON: an object with `text`, optional `id` (a string or a number),
 * `title` and `score`, anything else going to `metadata`; or a string, which is a text alone. Otherwise every
 * line is a document as it stands. Blank lines are skipped; a byte order mark and CRLF are tolerated.
 *
 * @param name What messages call the source. Default: the path, or "standard input".
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_UTF8, INVALID_JSON or INVALID_RECORD.
 */
export async function* readDocuments(
  source: string | AsyncIterable<Uint8Array | string>,
  name = typeof source === "string" ? source : "standard input",
): AsyncGenerator<ReadDocument> {
  const chunks = typeof source === "string" ? fileBytes(source) : source;
  let read: ((line: Line, name: string) => ReadDocument) | undefined;
  for await (const line of readLines(chunks, name)) {
    if (line.text.trim() === "") continue;
    if (!read) {
      refuseArray(line, name);
      read = isJsonLine(line.text) ? jsonLine : plainLine;
    }
    yield read(line, name);
  }
}

function isJsonLine(text: string): boolean {
  const start = text.trimStart();
  return start.startsWith("{") || (start.startsWith('"') && firstJsonError(text) === undefined);
}

/** A whole JSON array would otherwise pass for plain text and rank its brackets. */
function refuseArray({ text, number }: Line, name: string): void {
  const trimmed = text.trim();
  if (!trimmed.startsWith("[") || (trimmed !== "[" && firstJsonError(text) !== undefined)) return;
  invalidRecord(name, number, "the file", text, `is one JSON array; ${SHAPE} (jq -c '.[]' does it)`);
}

function plainLine({ text, number }: Line): ReadDocument {
  return { document: { text }, line: number };
}

function jsonLine({ text: json, number }: Line, name: string): ReadDocument {
  const record = parse(json, number, name);
  if (typeof record === "string") return { document: { text: record }, line: number };
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    return invalidRecord(name, number, "the line", record, `is ${show(record)}; ${SHAPE}`);
  }
  const { text, id, title, score, metadata, ...others } = record as Record<string, unknown>;
  const refuse = (field: string, value: unknown, mend: string) =>
    invalidRecord(name, number, field, value, `is ${show(value)}; ${mend}`);

  if (typeof text !== "string") return refuse("text", text, "give a string");
  if (!absent(id) && typeof id !== "string" && typeof id !== "number") {
    return refuse("id", id, "give a string or a number, or leave it out");
  }
  if (!absent(title) && typeof title !== "string")
    return refuse("title", title, "give a string, or leave it out");
  // JSON has no NaN, but 1e999 reads as Infinity.
  if (!absent(score) && !(typeof score === "number" && Number.isFinite(score))) {
    return refuse("score", score, "give a finite number, or leave it out");
  }
  const more = isObject(metadata)
    ? { ...metadata, ...others }
    : absent(metadata)
      ? others
      : { metadata, ...others };
  return {
    document: {
      ...(!absent(id) && { id: String(id) }),
      ...(!absent(title) && { title }),
      text,
      ...(Object.keys(more).length > 0 && { metadata: more }),
    },
    ...(!absent(score) && { score }),
    line: number,
  };
}

/** Exports write null for what they do not have. */
function absent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(json: string, number: number, name: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    const at = firstJsonError(json) ?? json.length;
    const problem =
      at === json.length ? "the JSON ends too early" : `${show(json.slice(at, at + 20))} is not JSON here`;
    const message = `${name}, line ${number}, column ${at + 1}: ${problem}; ${SHAPE}, complete on its line.`;
    throw new RankwrightError("INVALID_JSON", message, { field: `line ${number}`, value: json, cause });
  }
}

function invalidRecord(name: string, line: number, field: string, value: unknown, rest: string): never {
  throw new RankwrightError("INVALID_RECORD", `${name}, line ${line}: ${field} ${rest}.`, { field, value });
}
