import { RankwrightError, type RerankResult, show } from "../../types/index.js";

/** Steps between the places below the last score, as a share of it: float32 tells them apart, and so do people. */
const STEP = 2 ** -10;

/**
 * The score of each candidate, in the order in which the candidates were given. Candidates that a cascade dropped,
 * or that a language model gave no usable answer about, have no score of their own; theirs stand below all others, in small steps, so that the order is the result's.
 *
 * @throws RankwrightError INVALID_PLUGIN_RESULT unless every candidate is there once, with a finite score, and
 *   neither time nor a budget nor an outage cut the ranking short
 */
export function scoresInOrder({ results, model, warnings }: RerankResult, candidates: number): number[] {
  const scores = new Array<number | undefined>(candidates).fill(undefined);
  const cut = warnings.find(({ code }) => code === "deadline" || code === "budget" || code === "outage");
  let last = 0;
  let below = 0;
  for (const { index, score, scored } of results) {
    if (!Number.isInteger(index) || index < 0 || index >= candidates || scores[index] !== undefined) {
      throw invalid(model, "index", index, `give each of the ${candidates} candidates once`);
    }
    if (!Number.isFinite(score)) throw invalid(model, "score", score, "give finite scores");
    const own = scored !== false;
    if (!own && cut) throw invalid(model, "scored", scored, `${cut.message}; score every candidate`);
    if (own) last = score;
    else below++;
    scores[index] = own ? score : last - below * STEP * Math.max(1, Math.abs(last));
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
