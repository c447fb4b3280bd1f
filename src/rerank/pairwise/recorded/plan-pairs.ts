import { createHash } from "node:crypto";
import { checkWhole, invalid } from "../../../numbers/check.js";
import { crossPairs, cyclePairs } from "../../../preference/index.js";
import type { PairQuestion, QueryDocuments } from "./pair-question.js";

export interface PlanPairsOptions {
  /** Others that each document of a query meets, an even number. Default: 8. */
  readonly degree?: number | undefined;
  /** Pairs of each query, instead of `degree`. */
  readonly pairsPerQuery?: number | undefined;
  /**
   * Pairs of documents of two queries, so many for each query, which make scores of different queries comparable: random
   * cycles through the queries, so that each takes part in twice as many. Four suffice. Default: 0.
   */
  readonly crossPairs?: number | undefined;
  readonly seed?: number | undefined;
}

/**
 * Which pairs to ask about: random cycles through the documents of each query, and through the queries themselves. The pairs of a
 * query depend on its id, its documents and the seed alone, so that the same plan is made again after an interruption
 * or with further queries. Queries take turns: wherever a budget ends, all have got about the same share of their pairs.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function planPairs(
  queries: readonly QueryDocuments[],
  options: PlanPairsOptions = {},
): PairQuestion[] {
  const { degree = 8, pairsPerQuery, crossPairs: cross = 0, seed = 1 } = options;
  checkWhole("degree", degree, 2);
  if (degree % 2 === 1) throw invalid("degree", degree, "pass an even number: each cycle adds two.");
  if (pairsPerQuery !== undefined) checkWhole("pairsPerQuery", pairsPerQuery, 1);
  checkWhole("crossPairs", cross, 0);
  checkWhole("seed", seed, 0);
  const within = queries.map((query) => pairsOf(query, degree, pairsPerQuery, seed));
  return interleaved(cross === 0 ? within : [...within, pairsAcross(queries, cross, seed)]);
}

function pairsOf(
  query: QueryDocuments,
  degree: number,
  most: number | undefined,
  seed: number,
): PairQuestion[] {
  const { documents } = query;
  const n = documents.length;
  if (n < 2) return [];
  const cycles = most === undefined ? degree / 2 : Math.ceil(most / n);
  const drawn = cyclePairs(n, { cycles, seed: seedOf(seed, query.id) });
  // Both orders are asked anyway.
  const distinct = new Map(drawn.map(([i, j]) => [Math.min(i, j) * n + Math.max(i, j), [i, j] as const]));
  return [...distinct.values()]
    .slice(0, most)
    .map(([i, j]) => ({ a: { query, document: documents[i]! }, b: { query, document: documents[j]! } }));
}

function pairsAcross(queries: readonly QueryDocuments[], cycles: number, seed: number): PairQuestion[] {
  const filled = queries.filter(({ documents }) => documents.length > 0);
  const sizes = filled.map(({ documents }) => documents.length);
  return crossPairs(sizes, { cycles, seed }).map((pair) => {
    const [a, b] = pair.map(({ group, item }) => ({
      query: filled[group]!,
      document: filled[group]!.documents[item]!,
    }));
    return { a: a!, b: b! };
  });
}

/** Another one for every query, the same on every machine. */
function seedOf(seed: number, id: string): number {
  return createHash("sha256").update(`${seed} ${id}`).digest().readUIntBE(0, 6);
}

/** The elements of all lists, such that at every point about the same share of each has come. */
function interleaved<T>(lists: readonly (readonly T[])[]): T[] {
  return lists
    .flatMap((list) => list.map((item, i) => ({ item, at: (i + 0.5) / list.length })))
    .sort((x, y) => x.at - y.at)
    .map(({ item }) => item);
}
