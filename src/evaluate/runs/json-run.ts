import { basename } from "node:path";
import { hashText } from "../../files/hash.js";
import { type JsonLinesSource, jsonLines, recordError } from "../../files/json-lines.js";
import { recordId } from "../../files/record-id.js";
import type { Run } from "./run.js";
import { RunBuilder } from "./run-builder.js";

const SHAPE = 'write {"query": "…", "document": "…", "score": 1.5} a line';

/**
 * The run in JSON Lines: `query` (a query's id), `document` or `id` (a document's), `score`; anything else is
 * ignored. Ids may be strings or numbers. The run is named after the source, without its folder and endings.
 *
 * @param name What messages call the source.
 */
export async function parseJsonRun(chunks: AsyncIterable<Uint8Array>, name: string): Promise<Run> {
  const source: JsonLinesSource = { name, shape: SHAPE, code: "INVALID_RUN" };
  const builder = new RunBuilder(name);
  let last: string | undefined;
  for await (const { line, record } of jsonLines(chunks, source)) {
    const query = recordId(record, ["query"], line, source);
    const document = recordId(record, ["document", "id"], line, source);
    const { score } = record;
    if (typeof score !== "number" || !Number.isFinite(score)) {
      throw recordError(source, line, "score", score, "give a finite number");
    }
    if (query !== last) builder.open(query);
    last = query;
    builder.add(document, hashText(document), score, line);
  }
  return builder.finish(basename(name).replace(/(\.jsonl|\.ndjson)?(\.gz)?$/, ""), SHAPE);
}
