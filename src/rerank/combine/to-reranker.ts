import { RankwrightError, type Reranker, type Scorer, show } from "../../types/index.js";
import { pointwise } from "../pointwise.js";

/** What combinators are made of; a scorer stands for the reranker that `pointwise` makes of it. */
export type Ranker = Reranker | Scorer;

/** @throws RankwrightError INVALID_OPTION */
export function toReranker(given: Ranker, field: string): Reranker {
  if (typeof given === "object" && given !== null) {
    if ("rerank" in given && typeof given.rerank === "function") return given;
    if ("score" in given && typeof given.score === "function") return pointwise(given);
  }
  const message = `${field} is ${show(given)}; pass a reranker, such as loadReranker() gives, or a scorer`;
  throw new RankwrightError("INVALID_OPTION", message, { field, value: given });
}
