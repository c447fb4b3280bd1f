import { firstJsonError } from "../../files/first-json-error.js";
import {
  isAbsent,
  isObject,
  type JsonLinesSource,
  parseJsonLine,
  recordError,
} from "../../files/json-lines.js";
import { lineError } from "../../files/line-error.js";
import { openBytes } from "../../files/open-bytes.js";
import { type Line, readLines } from "../../files/read-lines.js";
import type { Document } from "../../types/index.js";

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
 * line is a document as it stands. Blank lines are skipped; a byte order mark and CRLF are tolerated; a file may
 * be compressed with gzip.
 *
 * @param name What messages call the source. Default: the path, or "standard input".
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_COMPRESSION, INVALID_UTF8, INVALID_JSON, INVALID_RECORD or
 *   LINE_TOO_LONG.
 */
export async function* readDocuments(
  source: string | AsyncIterable<Uint8Array | string>,
  name = typeof source === "string" ? source : "standard input",
): AsyncGenerator<ReadDocument> {
  const chunks = typeof source === "string" ? openBytes(source) : source;
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
  const problem = `the file is one JSON array; ${SHAPE} (jq -c '.[]' does it)`;
  throw lineError("INVALID_RECORD", name, number, problem, { field: "the file", value: text });
}

function plainLine({ text, number }: Line): ReadDocument {
  return { document: { text }, line: number };
}

function jsonLine({ text: json, number }: Line, name: string): ReadDocument {
  const source: JsonLinesSource = { name, shape: SHAPE };
  const record = parseJsonLine(json, number, source);
  if (typeof record === "string") return { document: { text: record }, line: number };
  const refuse = (field: string, value: unknown, mend: string) =>
    recordError(source, number, field, value, mend);
  if (!isObject(record)) throw refuse("the line", record, SHAPE);

  const { text, id, title, score, metadata, ...others } = record;
  if (typeof text !== "string") throw refuse("text", text, "give a string");
  if (!isAbsent(id) && typeof id !== "string" && typeof id !== "number") {
    throw refuse("id", id, "give a string or a number, or leave it out");
  }
  if (!isAbsent(title) && typeof title !== "string") {
    throw refuse("title", title, "give a string, or leave it out");
  }
  // JSON has no NaN, but 1e999 reads as Infinity.
  if (!isAbsent(score) && !(typeof score === "number" && Number.isFinite(score))) {
    throw refuse("score", score, "give a finite number, or leave it out");
  }
  const more = isObject(metadata)
    ? { ...metadata, ...others }
    : isAbsent(metadata)
      ? others
      : { metadata, ...others };
  return {
    document: {
      ...(!isAbsent(id) && { id: String(id) }),
      ...(!isAbsent(title) && { title }),
      text,
      ...(Object.keys(more).length > 0 && { metadata: more }),
    },
    ...(!isAbsent(score) && { score }),
    line: number,
  };
}
