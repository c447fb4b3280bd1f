import { RankwrightError, type RerankResult, show } from "../../types/index.js";

/**
 * What a reranker returned, before it leaves the process: indices whole, in range and unique, scores finite. The
 * rerankers of this package keep that; one that a caller wrote may not.
 *
 * @throws RankwrightError INVALID_PLUGIN_RESULT, NON_FINITE_SCORE
 */
export function checkResult({ results, model }: RerankResult, documents: number): void {
  const seen = new Set<number>();
  for (const [place, { index, score }] of results.entries()) {
    const field = `results[${place}]`;
    if (!(Number.isInteger(index) && index >= 0 && index < documents) || seen.has(index)) {
      const message = `${model} returned the index ${show(index)} at ${field} for ${documents} documents; each must be returned once at most`;
      throw new RankwrightError("INVALID_PLUGIN_RESULT", message, { field: `${field}.index`, value: index });
    }
    seen.add(index);
    if (!Number.isFinite(score)) {
      const message = `${model} returned the score ${show(score)} at ${field}; scores must be finite`;
      throw new RankwrightError("NON_FINITE_SCORE", message, { field: `${field}.score`, value: score });
    }
  }
}
