import { Fingerprints } from "../../files/fingerprints.js";
import {
  isAbsent,
  isObject,
  type JsonLine,
  type JsonLinesSource,
  jsonLines,
  recordError,
} from "../../files/json-lines.js";
import { lineError } from "../../files/line-error.js";
import { openBytes } from "../../files/open-bytes.js";
import { readParquet } from "../../files/read-parquet.js";
import { recordId } from "../../files/record-id.js";
import { RankwrightError, show } from "../../types/index.js";
import type { CorpusDocument } from "./collection.js";

export interface ReadCorpusOptions {
  readonly signal?: AbortSignal | undefined;
}

const ID_KEYS = ["_id", "id"] as const;
const SHAPE = 'write {"_id": "…", "title": "…", "text": "…"} a line';

/**
 * Streams the documents of a corpus: JSON Lines with `_id` (or `id`), `text`, optional `title` and `metadata`
 * (anything else joins the metadata), compressed with gzip or not; or, where the name ends in `.parquet`,
 * Parquet with the columns `_id` (or `id`), `title` and `text`. Memory holds one line and, to notice an id
 * that comes twice, some 16 bytes a document. A consumer that stops early closes the file.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_COMPRESSION, INVALID_UTF8, INVALID_JSON, INVALID_RECORD,
 *   INVALID_PARQUET, MISSING_DEPENDENCY, LINE_TOO_LONG, DUPLICATE_ID, EMPTY_FILE, ABORTED
 */
export async function* readCorpus(
  path: string,
  options: ReadCorpusOptions = {},
): AsyncGenerator<CorpusDocument> {
  const source: JsonLinesSource = { name: path, shape: SHAPE };
  const met = new Fingerprints();
  let empty = true;
  for await (const { line, record } of records(source, options)) {
    empty = false;
    const document = documentOf(record, line, source);
    if (!met.add(document.id)) await refuseDuplicate(document.id, line, source, options);
    yield document;
  }
  if (!empty) return;
  const message = `${path} holds no documents; ${SHAPE}.`;
  throw new RankwrightError("EMPTY_FILE", message, { field: "file", value: path });
}

function records(source: JsonLinesSource, { signal }: ReadCorpusOptions): AsyncGenerator<JsonLine> {
  const path = source.name;
  if (path.endsWith(".parquet")) return readParquet(path, { columns: [...ID_KEYS, "title", "text"], signal });
  return jsonLines(openBytes(path, { signal }), source);
}

function documentOf(record: JsonLine["record"], line: number, source: JsonLinesSource): CorpusDocument {
  const { _id, id, text, title, metadata, ...others } = record;
  if (typeof text !== "string") throw recordError(source, line, "text", text, "give a string");
  if (!isAbsent(title) && typeof title !== "string") {
    throw recordError(source, line, "title", title, "give a string, or leave it out");
  }
  const more = isObject(metadata)
    ? { ...metadata, ...others }
    : isAbsent(metadata)
      ? others
      : { metadata, ...others };
  return {
    id: recordId(record, ID_KEYS, line, source),
    text,
    ...(title && { title }),
    ...(Object.keys(more).length > 0 && { metadata: more }),
  };
}

/** A fingerprint was met before; only the file can tell whether the id was. */
async function refuseDuplicate(
  id: string,
  line: number,
  source: JsonLinesSource,
  options: ReadCorpusOptions,
): Promise<void> {
  for await (const earlier of records(source, options)) {
    if (earlier.line >= line) return;
    if (recordId(earlier.record, ID_KEYS, earlier.line, source) !== id) continue;
    const problem = `document ${show(id)} stands on line ${earlier.line} already; give every document an id of its own`;
    throw lineError("DUPLICATE_ID", source.name, line, problem, { field: "id", value: id });
  }
}
