import type { RerankResult, Warning } from "../types/index.js";

/** What a reranker said of some of the documents, with `indices` in place of its own numbers. */
export function mapResults(
  results: RerankResult["results"],
  indices: readonly number[],
): RerankResult["results"] {
  return results.map((ranked) => ({ ...ranked, index: indices[ranked.index] as number }));
}

/** @param indices of each document that the warnings count, one or several */
export function mapWarnings(
  warnings: readonly Warning[],
  indices: readonly (number | readonly number[])[],
): Warning[] {
  return warnings.map((warning) => {
    if (!warning.documents) return warning;
    const documents = warning.documents.flatMap((i) => indices[i] ?? []).sort((a, b) => a - b);
    return { ...warning, documents };
  });
}
