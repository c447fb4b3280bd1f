import type { Collection } from "../evaluate/collection/collection.js";
import type { Run, ScoredList } from "../evaluate/runs/run.js";
import { RankwrightError, show } from "../types/index.js";
import { Bm25Index, type Bm25Options } from "./bm25/bm25-index.js";
import { eventLoopTurns } from "./event-loop-turns.js";
import { checkCount } from "./option-checks.js";

export interface Bm25RunOptions extends Bm25Options {
  /** Documents per query at most. Default: 100. */
  readonly depth?: number | undefined;
  /**
   * Leave out the document whose id is the query's, for collections whose queries are documents themselves
   * (ArguAna). Default: false.
   */
  readonly excludeSelf?: boolean | undefined;
  /** The only documents that may be found, by query id; all for queries that are not in it. */
  readonly among?: ReadonlyMap<string, { has(id: string): boolean }> | undefined;
  /** Ids of the queries to search for. Default: those with judgments; all, where nothing is judged. */
  readonly queries?: Iterable<string> | undefined;
  readonly onProgress?: ((progress: Bm25RunProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Bm25RunProgress {
  readonly stage: "index" | "search";
  /** Documents read, or queries answered. */
  readonly done: number;
  /** Queries in all; undefined while documents are read, because nobody knows how many will come. */
  readonly total?: number | undefined;
}

/**
 * Ranks a collection's corpus for its queries with BM25: a run named `bm25`. A query that finds nothing has
 * an empty list; a judged query without a text has none. Reads the corpus once and keeps no texts.
 *
 * @throws RankwrightError INVALID_OPTION, DUPLICATE_ID, ABORTED, and what the collection throws
 */
export async function bm25Run(collection: Collection, options: Bm25RunOptions = {}): Promise<Run> {
  const { depth = 100, excludeSelf = false, among, onProgress, signal, ...indexOptions } = options;
  checkCount("depth", depth);
  const queries = chosenQueries(collection, options.queries);
  const index = await Bm25Index.build(collection.documents(), {
    ...indexOptions,
    signal,
    onProgress: (done) => onProgress?.({ stage: "index", done }),
  });

  const lists = new Map<string, ScoredList>();
  const report = () => onProgress?.({ stage: "search", done: lists.size, total: queries.length });
  const nextTurn = eventLoopTurns(signal, report);
  for (const id of queries) {
    await nextTurn();
    const exclude = excludeSelf ? new Set([id]) : undefined;
    lists.set(
      id,
      index.search(collection.queries.get(id) as string, depth, { among: among?.get(id), exclude }),
    );
  }
  await nextTurn();
  report();
  return { name: "bm25", lists };
}

/** Ids of queries that have a text, each once. */
function chosenQueries({ queries, qrels }: Collection, wanted: Iterable<string> | undefined): string[] {
  if (!wanted) return [...(qrels.size > 0 ? qrels : queries).keys()].filter((id) => queries.has(id));
  const chosen = [...new Set(wanted)];
  const unknown = chosen.find((id) => !queries.has(id));
  if (unknown !== undefined) {
    throw new RankwrightError("INVALID_OPTION", `The collection has no query ${show(unknown)}.`, {
      field: "queries",
      value: unknown,
    });
  }
  return chosen;
}
