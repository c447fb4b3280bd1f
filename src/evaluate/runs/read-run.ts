import { FieldScanner } from "../../files/field-scanner.js";
import { peekFirstByte } from "../../files/first-byte.js";
import { lineBlocks } from "../../files/line-blocks.js";
import { lineError } from "../../files/line-error.js";
import { openBytes } from "../../files/open-bytes.js";
import { type RankwrightError, show } from "../../types/index.js";
import { parseJsonRun } from "./json-run.js";
import type { Run } from "./run.js";
import { RunBuilder } from "./run-builder.js";

export interface ReadRunOptions {
  /** Name of the run. Default: the tag on the file's first line; for JSON Lines the file's name. */
  readonly name?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

const SHAPE = "write `query Q0 document rank score tag`, separated by white space";
const COLUMNS = 6;
const QUERY = 0;
const DOCUMENT = 2;
const SCORE = 4;
const TAG = 5;
const OPENING_BRACE = 0x7b;

/**
 * Reads a run: a TREC run file (`query Q0 document rank score tag` a line, any white space between them,
 * the second column and the rank ignored as trec_eval does) or, where its first character is `{`, JSON Lines
 * (see `parseJsonRun`). Either may be compressed with gzip. The lines of a query may stand anywhere.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_COMPRESSION, INVALID_UTF8, INVALID_JSON, LINE_TOO_LONG,
 *   EMPTY_FILE, ABORTED; INVALID_RUN for a malformed line, a score that is not a finite number and a document
 *   that comes twice for one query
 */
export async function readRun(path: string, { name, signal }: ReadRunOptions = {}): Promise<Run> {
  const { firstByte, chunks } = await peekFirstByte(openBytes(path, { signal }));
  const parse = firstByte === OPENING_BRACE ? parseJsonRun : parseTrecRun;
  const run = await parse(chunks, path);
  return { ...run, name: name ?? run.name };
}

/** The TREC run file in these bytes. @param source What messages call it. */
export async function parseTrecRun(chunks: AsyncIterable<Uint8Array>, source: string): Promise<Run> {
  const scanner = new FieldScanner(source);
  const builder = new RunBuilder(source);
  let tag: string | undefined;
  let query: Uint8Array = Buffer.alloc(0);
  for await (const block of lineBlocks(chunks, source)) {
    scanner.load(block);
    while (scanner.next()) {
      const score = scanner.number(SCORE);
      if (scanner.count !== COLUMNS || !Number.isFinite(score)) throw malformed(scanner, source);
      tag ??= scanner.text(TAG);
      if (!scanner.equals(QUERY, query)) {
        query = scanner.copy(QUERY);
        builder.open(scanner.text(QUERY));
      }
      builder.add(scanner.text(DOCUMENT), scanner.hash(DOCUMENT), score, scanner.line);
    }
  }
  return builder.finish(tag ?? "", SHAPE);
}

function malformed(scanner: FieldScanner, source: string): RankwrightError {
  const value = scanner.excerpt();
  if (scanner.count !== COLUMNS) {
    const problem = `${show(value)} has ${scanner.count} columns instead of ${COLUMNS}; ${SHAPE}`;
    return lineError("INVALID_RUN", source, scanner.line, problem, { value });
  }
  const score = scanner.text(SCORE);
  const problem = `score is ${show(score)}; give a finite number`;
  return lineError("INVALID_RUN", source, scanner.line, problem, { field: "score", value: score });
}
