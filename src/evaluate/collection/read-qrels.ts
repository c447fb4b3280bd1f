import { FieldScanner } from "../../files/field-scanner.js";
import { lineBlocks } from "../../files/line-blocks.js";
import { lineError } from "../../files/line-error.js";
import { openBytes } from "../../files/open-bytes.js";
import { RankwrightError, show } from "../../types/index.js";
import type { Qrels } from "./qrels.js";

export interface ReadQrelsOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Where the columns of a format stand. */
interface Layout {
  readonly columns: number;
  readonly document: number;
  readonly grade: number;
  readonly shape: string;
}

const TREC: Layout = {
  columns: 4,
  document: 2,
  grade: 3,
  shape: "write `query 0 document grade`, separated by white space",
};
const BEIR: Layout = {
  columns: 3,
  document: 1,
  grade: 2,
  shape: "write `query document grade`, separated by tabs",
};
const QUERY = 0;

/**
 * Reads judgments: TREC qrels (`query 0 document grade` a line, any white space between them, the second
 * column ignored) or BEIR's table (`query-id`, `corpus-id`, `score`, separated by tabs, with or without that
 * first line), as the first line tells. Either may be compressed with gzip.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_COMPRESSION, INVALID_UTF8, LINE_TOO_LONG, EMPTY_FILE,
 *   ABORTED; INVALID_QRELS for a malformed line, a grade that is not a whole number and a document that
 *   comes twice for one query
 */
export async function readQrels(path: string, { signal }: ReadQrelsOptions = {}): Promise<Qrels> {
  return parseQrels(openBytes(path, { signal }), path);
}

/** The judgments in these bytes. @param source What messages call them. */
export async function parseQrels(chunks: AsyncIterable<Uint8Array>, source: string): Promise<Qrels> {
  const qrels = new Map<string, Map<string, number>>();
  const scanner = new FieldScanner(source, "tab");
  let layout: Layout | undefined;
  let query: Uint8Array = Buffer.alloc(0);
  let grades = new Map<string, number>();
  for await (const block of lineBlocks(chunks, source)) {
    scanner.load(block);
    while (scanner.next()) {
      // Where only tabs separate, spaces make a field.
      if (scanner.count === 1 && scanner.excerpt().trim() === "") continue;
      if (layout === undefined) {
        layout = detect(scanner);
        if (isHeader(scanner, layout)) continue;
      }
      const grade = scanner.number(layout.grade);
      if (scanner.count !== layout.columns || !Number.isSafeInteger(grade)) {
        throw malformed(scanner, layout, source);
      }
      if (!scanner.equals(QUERY, query)) {
        query = scanner.copy(QUERY);
        const id = scanner.text(QUERY);
        grades = qrels.get(id) ?? new Map();
        qrels.set(id, grades);
      }
      const known = grades.size;
      grades.set(scanner.text(layout.document), grade);
      if (grades.size === known) throw judgedTwice(scanner, layout, source);
    }
  }
  if (qrels.size > 0) return qrels;
  const message = `${source} holds no judgments; ${TREC.shape}, or ${BEIR.shape}.`;
  throw new RankwrightError("EMPTY_FILE", message, { field: "file", value: source });
}

/** The format by the first line. In a table with tabs ids may hold spaces; elsewhere they cannot. */
function detect(scanner: FieldScanner): Layout {
  const isTable = scanner.count === BEIR.columns && !Number.isNaN(scanner.number(BEIR.grade));
  if (isTable || isHeader(scanner, BEIR)) return BEIR;
  scanner.again("white space");
  return scanner.count === BEIR.columns ? BEIR : TREC;
}

/** Whether this is a line with the names of the columns. */
function isHeader(scanner: FieldScanner, { columns, grade }: Layout): boolean {
  if (scanner.count !== columns || !Number.isNaN(scanner.number(grade))) return false;
  return /^(query|qid|topic)/i.test(scanner.text(QUERY)) && /^\S+$/.test(scanner.text(grade));
}

function malformed(scanner: FieldScanner, layout: Layout, source: string): RankwrightError {
  const value = scanner.excerpt();
  if (scanner.count !== layout.columns) {
    const problem = `${show(value)} has ${scanner.count} columns instead of ${layout.columns}; ${layout.shape}`;
    return lineError("INVALID_QRELS", source, scanner.line, problem, { value });
  }
  const grade = scanner.text(layout.grade);
  const problem = `grade is ${show(grade)}; give a whole number`;
  return lineError("INVALID_QRELS", source, scanner.line, problem, { field: "grade", value: grade });
}

function judgedTwice(scanner: FieldScanner, layout: Layout, source: string): RankwrightError {
  const document = scanner.text(layout.document);
  const problem = `document ${show(document)} is judged twice for query ${show(scanner.text(QUERY))}; keep one of them`;
  return lineError("INVALID_QRELS", source, scanner.line, problem, { field: "document", value: document });
}
