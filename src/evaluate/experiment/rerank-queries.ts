import { abortedError } from "../../files/aborted-error.js";
import type { Reranker } from "../../types/index.js";
import type { CorpusDocument } from "../collection/collection.js";
import { inputsOf, type Journal } from "./journal.js";
import type { QueryOutcome } from "./query-outcome.js";
import { scoresInOrder } from "./scores-in-order.js";

export interface QueryCandidates {
  readonly query: string;
  readonly text: string;
  /** In the first stage's order. */
  readonly documents: readonly CorpusDocument[];
}

export interface RerankQueriesOptions {
  readonly journal?: Journal | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Queries done, of how many, and how many of those done were found in the journal. */
  readonly onProgress?: ((done: number, total: number, known: number) => void) | undefined;
}

/**
 * Re-ranks the candidates of every query, one query after the other, so that each one's time is its own.
 *
 * @returns by query id; queries without candidates are left out
 * @throws RankwrightError ABORTED, and what the reranker throws
 */
export async function rerankQueries(
  reranker: Reranker,
  queries: readonly QueryCandidates[],
  { journal, signal, onProgress }: RerankQueriesOptions = {},
): Promise<ReadonlyMap<string, QueryOutcome>> {
  const outcomes = new Map<string, QueryOutcome>();
  let known = 0;
  let done = 0;
  for (const candidates of queries) {
    if (signal?.aborted) throw abortedError(signal);
    if (candidates.documents.length > 0) {
      const inputs = inputsOf(candidates.text, candidates.documents);
      let outcome = journal?.find(inputs);
      if (outcome !== undefined) known++;
      else {
        outcome = await rerankOne(reranker, candidates, signal);
        await journal?.add(inputs, outcome);
      }
      // The same texts may stand under another query id.
      outcomes.set(candidates.query, { ...outcome, query: candidates.query });
    }
    onProgress?.(++done, queries.length, known);
  }
  return outcomes;
}

async function rerankOne(
  reranker: Reranker,
  { query, text, documents }: QueryCandidates,
  signal: AbortSignal | undefined,
): Promise<QueryOutcome> {
  const begin = performance.now();
  const result = await reranker.rerank({ query: text, documents, signal });
  const ms = performance.now() - begin;
  const scores = scoresInOrder(result, documents.length);
  const byIndex = result.results.toSorted((a, b) => a.index - b.index);
  const evidence = byIndex.map((ranked) => ranked.evidence);
  const counted = evidence.every((each) => each !== undefined);
  const unscored = byIndex.filter(({ scored }) => scored === false).map(({ index }) => index);
  return {
    query,
    ids: documents.map(({ id }) => id),
    scores,
    ...(unscored.length > 0 && { unscored }),
    ms: Math.round(ms * 1000) / 1000,
    pairs: result.usage.pairs,
    tokens: result.usage.tokens,
    ...(counted && {
      tokensSeen: evidence.map(({ tokensSeen }) => tokensSeen),
      tokensTotal: evidence.map(({ tokensTotal }) => tokensTotal),
    }),
    warnings: result.warnings.map(({ code }) => code),
  };
}
