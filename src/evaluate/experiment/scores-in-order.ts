import { RankwrightError, type RerankResult, show } from "../../types/index.js";

/**
 * The score of each candidate, in the order in which the candidates were given.
 *
 * @throws RankwrightError INVALID_PLUGIN_RESULT unless every candidate has one finite score of its own
 */
export function scoresInOrder({ results, model }: RerankResult, candidates: number): number[] {
  const scores = new Array<number | undefined>(candidates).fill(undefined);
  for (const { index, score, scored } of results) {
    if (!Number.isInteger(index) || index < 0 || index >= candidates || scores[index] !== undefined) {
      throw invalid(model, "index", index, `give each of the ${candidates} candidates once`);
    }
    if (!Number.isFinite(score)) throw invalid(model, "score", score, "give finite scores");
    if (scored === false) throw invalid(model, "scored", scored, "score every candidate, without a deadline");
    scores[index] = score;
  }
  const missing = scores.indexOf(undefined);
  if (missing >= 0) throw invalid(model, "results", results.length, `candidate ${missing} is not among them`);
  return scores as number[];
}

function invalid(model: string, field: string, value: unknown, mend: string): RankwrightError {
  return new RankwrightError(
    "INVALID_PLUGIN_RESULT",
    `${model} gave a result whose ${field} is ${show(value)}; ${mend}`,
    { field, value },
  );
}
