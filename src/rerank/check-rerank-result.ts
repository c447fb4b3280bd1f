import { RankwrightError, type RerankResult, show } from "../types/index.js";

/**
 * Holds a reranker to its contract: indices whole, in range and unique, scores finite and best first. The
 * rerankers of this package keep it; one that a caller wrote may not.
 *
 * @param documents How many the request held.
 * @param wanted How many results there must be. Default: any number.
 * @throws RankwrightError INVALID_PLUGIN_RESULT, NON_FINITE_SCORE
 */
export function checkRerankResult(
  { results, model }: RerankResult,
  { documents, wanted }: { readonly documents: number; readonly wanted?: number | undefined },
): void {
  const refuse = (field: string, value: unknown, rule: string): never => {
    const message = `${model} returned ${field} ${show(value)} for ${documents} documents; ${rule}`;
    throw new RankwrightError("INVALID_PLUGIN_RESULT", message, { field, value });
  };
  if (wanted !== undefined && results.length !== wanted) {
    refuse("results.length", results.length, `${wanted} were asked for`);
  }
  const seen = new Set<number>();
  let before = Number.POSITIVE_INFINITY;
  for (const [place, { index, score }] of results.entries()) {
    const inRange = Number.isInteger(index) && index >= 0 && index < documents;
    if (!inRange || seen.has(index)) {
      refuse(`results[${place}].index`, index, "each document must be returned once at most");
    }
    seen.add(index);
    if (!Number.isFinite(score)) {
      const field = `results[${place}].score`;
      const message = `${model} returned ${field} ${show(score)}; scores must be finite`;
      throw new RankwrightError("NON_FINITE_SCORE", message, { field, value: score });
    }
    if (score > before) refuse(`results[${place}].score`, score, "results must be given best first");
    before = score;
  }
}
