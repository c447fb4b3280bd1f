import { basename, resolve } from "node:path";
import { RankwrightError, show, type Warning } from "../../types/index.js";
import type { Collection, CorpusDocument } from "./collection.js";
import { findCollectionFiles } from "./collection-files.js";
import type { Qrels } from "./qrels.js";
import { readCorpus } from "./read-corpus.js";
import { readQrels } from "./read-qrels.js";
import { readTopics, type TopicField } from "./read-topics.js";

export interface OpenCollectionOptions {
  /**
   * Judgments: the name of a file in the folder's `qrels/` (or of `qrels.*` or `*.qrels` beside the corpus)
   * without its ending, or the path of any file; names go first. Default: `test`, or the only ones there.
   */
  readonly qrels?: string | undefined;
  /** Which part of TREC topics is the query. Default: `title`. */
  readonly field?: TopicField | undefined;
  readonly onWarning?: ((warning: Warning) => void) | undefined;
  /** Ends reading with ABORTED, that of `documents()` too. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a collection in a folder laid out as BEIR does: `corpus.jsonl`, `queries.jsonl`, `qrels/<name>.tsv`.
 * Each may be compressed with gzip (`.gz`); corpus and queries may be Parquet instead, queries also a table
 * or TREC topics (`queries.tsv`, `topics*`), judgments TREC qrels. All queries are there, judged or not.
 *
 * Queries and judgments are read at once, of the corpus only the first document. Each call of `documents()`
 * reads the corpus anew, see `readCorpus`; the first that comes to its end warns of judged documents that
 * the corpus lacks.
 *
 * Warnings: `empty_query`, `unknown_queries`, `unknown_documents`.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_COLLECTION where a part is missing or the judgments belong
 *   to other queries, INVALID_OPTION for judgments that are not there, and what `readTopics`, `readQrels` and
 *   `readCorpus` throw
 */
export async function openCollection(
  folder: string,
  { qrels: wanted, field, onWarning, signal }: OpenCollectionOptions = {},
): Promise<Collection> {
  const files = await findCollectionFiles(folder, wanted);
  const qrels: Qrels = files.qrels === undefined ? new Map() : await readQrels(files.qrels, { signal });
  const required = (id: string) => qrels.has(id);
  const queries = await readTopics(files.queries, { field, required, onWarning, signal });
  const name = basename(resolve(folder));
  if (files.qrels !== undefined) checkQueries(queries, qrels, files.qrels, files.queries, onWarning);

  const judged = new Set<string>();
  for (const grades of qrels.values()) for (const id of grades.keys()) judged.add(id);
  let warned = false;
  async function* documents(): AsyncGenerator<CorpusDocument> {
    let found = 0;
    for await (const document of readCorpus(files.corpus, { signal })) {
      if (judged.has(document.id)) found++;
      yield document;
    }
    if (warned || found === judged.size) return;
    warned = true;
    const message = `${judged.size - found} of the ${judged.size} judged documents are not in ${files.corpus}; no ranking of this corpus can find them.`;
    onWarning?.({ code: "unknown_documents", message });
  }
  // An unreadable or empty corpus is better known now than after the first stage was set up.
  for await (const _ of documents()) break;
  return { name, queries, qrels, documents };
}

function checkQueries(
  queries: Collection["queries"],
  qrels: Qrels,
  qrelsFile: string,
  queriesFile: string,
  onWarning: OpenCollectionOptions["onWarning"],
): void {
  const unknown = [...qrels.keys()].filter((id) => !queries.has(id));
  if (unknown.length === 0) return;
  if (unknown.length === qrels.size) {
    const [ours] = queries.keys();
    const message = `${qrelsFile} judges no query of ${queriesFile}: its ids look like ${show(unknown[0])}, those of the queries like ${show(ours)}; give the judgments that belong to them.`;
    throw new RankwrightError("INVALID_COLLECTION", message, { field: "qrels", value: unknown[0] });
  }
  const message = `${unknown.length} of the ${qrels.size} queries judged in ${qrelsFile} are not in ${queriesFile}, such as ${show(unknown[0])}.`;
  onWarning?.({ code: "unknown_queries", message });
}
