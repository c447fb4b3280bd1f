import { checkPositive, invalid } from "../../numbers/check.js";
import type { Judge } from "../../types/index.js";

/** A judge and how much it counts. */
export interface WeightedJudge {
  readonly judge: Judge;
  readonly weight: number;
}

/** Judges with their weights, 1 where none are given. @throws RankwrightError INVALID_OPTION */
export function weightedJudges(
  judges: Judge | readonly Judge[],
  weights?: readonly number[],
): WeightedJudge[] {
  const panel = Array.isArray(judges) ? (judges as readonly Judge[]) : [judges as Judge];
  if (panel.length === 0) throw invalid("judges", judges, "pass at least one judge.");
  const names = panel.map((judge) => judge?.id);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw invalid("judges", twice, "give every judge an id of its own.");
  if (weights !== undefined && weights.length !== panel.length) {
    throw invalid("weights.length", weights.length, `pass a weight for each of ${panel.length} judges.`);
  }
  return panel.map((judge, i) => {
    if (typeof judge?.prefer !== "function") {
      throw invalid(`judges[${i}]`, judge, "pass a judge, such as llmJudge(model).");
    }
    const weight = weights?.[i] ?? 1;
    checkPositive(`weights[${i}]`, weight);
    return { judge, weight };
  });
}
