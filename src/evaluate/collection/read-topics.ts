import { peekFirstByte } from "../../files/first-byte.js";
import {
  isAbsent,
  type JsonLine,
  type JsonLinesSource,
  jsonLines,
  recordError,
} from "../../files/json-lines.js";
import { lineError } from "../../files/line-error.js";
import { openBytes } from "../../files/open-bytes.js";
import { type Line, readLines } from "../../files/read-lines.js";
import { readParquet } from "../../files/read-parquet.js";
import { recordId } from "../../files/record-id.js";
import { RankwrightError, show, type Warning } from "../../types/index.js";
import { sgmlTopics } from "./sgml-topics.js";

/** Which part of a TREC topic is the query. */
export type TopicField = "title" | "description" | "narrative";

export interface ReadTopicsOptions {
  /** Of TREC topics. Default: `title`. */
  readonly field?: TopicField | undefined;
  /** Whether a query, by its id, must have text; others without text cause a warning. Default: all must. */
  readonly required?: ((id: string) => boolean) | undefined;
  readonly onWarning?: ((warning: Warning) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A query as a file holds it. */
export interface Topic {
  readonly id: string;
  readonly text: string;
  /** Line on which it begins; 1 for the first. */
  readonly line: number;
}

const ID_KEYS = ["_id", "id", "query_id", "qid"] as const;
const TEXT_KEYS = ["text", "query", "title"] as const;
const SHAPE = 'write {"_id": "…", "text": "…"} a line';
const OPENING_BRACE = 0x7b;
const LESS_THAN = 0x3c;

/**
 * Reads queries: text by id, in the order of the file. By its first character the file is JSON Lines (`{`;
 * `_id` and `text`), TREC topics (`<`, see `sgmlTopics`) or a table (id, tab, text); any of them may be
 * compressed with gzip. A name that ends in `.parquet` means Parquet with the columns of JSON Lines.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_COMPRESSION, INVALID_UTF8, INVALID_JSON, INVALID_PARQUET,
 *   MISSING_DEPENDENCY, LINE_TOO_LONG, ABORTED; EMPTY_FILE without queries, INVALID_TOPICS for what is no
 *   query, DUPLICATE_ID, and EMPTY_QUERY for a required query without text
 */
export async function readTopics(
  path: string,
  options: ReadTopicsOptions = {},
): Promise<Map<string, string>> {
  const { required = () => true, onWarning } = options;
  const queries = new Map<string, string>();
  for await (const { id, text, line } of topics(path, options)) {
    if (queries.has(id)) {
      const problem = `query ${show(id)} stands in this file before; give every query an id of its own`;
      throw lineError("DUPLICATE_ID", path, line, problem, { field: "id", value: id });
    }
    if (text.trim() === "") {
      const problem = `query ${show(id)} has no text`;
      if (required(id))
        throw lineError("EMPTY_QUERY", path, line, `${problem}; write one, or remove it`, {
          field: "text",
          value: text,
        });
      onWarning?.({ code: "empty_query", message: `${path}, line ${line}: ${problem}; nobody judged it.` });
    }
    queries.set(id, text);
  }
  if (queries.size > 0) return queries;
  const message = `${path} holds no queries; ${SHAPE}.`;
  throw new RankwrightError("EMPTY_FILE", message, { field: "file", value: path });
}

async function* topics(path: string, { field = "title", signal }: ReadTopicsOptions): AsyncGenerator<Topic> {
  const source: JsonLinesSource = { name: path, shape: SHAPE, code: "INVALID_TOPICS" };
  if (path.endsWith(".parquet")) {
    yield* recordTopics(readParquet(path, { columns: [...ID_KEYS, ...TEXT_KEYS], signal }), source);
    return;
  }
  const { firstByte, chunks } = await peekFirstByte(openBytes(path, { signal }));
  if (firstByte === OPENING_BRACE) yield* recordTopics(jsonLines(chunks, source), source);
  else if (firstByte === LESS_THAN) yield* sgmlTopics(readLines(chunks, path), path, field);
  else yield* tableTopics(readLines(chunks, path), path);
}

async function* recordTopics(
  records: AsyncIterable<JsonLine>,
  source: JsonLinesSource,
): AsyncGenerator<Topic> {
  for await (const { line, record } of records) {
    const id = recordId(record, ID_KEYS, line, source);
    const key = TEXT_KEYS.find((name) => !isAbsent(record[name])) ?? TEXT_KEYS[0];
    const text = record[key];
    if (typeof text !== "string") throw recordError(source, line, key, text, "give a string");
    yield { id, text, line };
  }
}

async function* tableTopics(lines: AsyncIterable<Line>, name: string): AsyncGenerator<Topic> {
  let first = true;
  for await (const { number: line, text: row } of lines) {
    if (row.trim() === "") continue;
    const tab = row.indexOf("\t");
    const id = row.slice(0, Math.max(tab, 0)).trim();
    if (id === "") {
      const problem = `${show(row)} is not a query; write its id, a tab and its text`;
      throw lineError("INVALID_TOPICS", name, line, problem, { value: row });
    }
    const isHeader = first && /^(query[-_ ]?id|qid|topic[-_ ]?id|_id)$/i.test(id);
    first = false;
    if (!isHeader) yield { id, text: row.slice(tab + 1).trim(), line };
  }
}
