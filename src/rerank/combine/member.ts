import type { Ranker } from "./to-reranker.js";

/** A reranker with options of its own inside a combination. */
interface Member {
  readonly reranker: Ranker;
}

/** A reranker alone, or with options. */
export type Given<M extends Member> = M | Ranker;

/** Brings both to one shape; every option but the reranker must be optional. */
export function asMember<M extends Member>(given: Given<M>): M {
  const alone = typeof given !== "object" || given === null || !("reranker" in given);
  return (alone ? { reranker: given } : given) as M;
}
