import { RankwrightError, show } from "../types/index.js";

/**
 * How the scores of a document's windows become one: the best (MaxP), their mean, the mean of the best
 * `topK`, or the first window's alone (FirstP).
 */
export type WindowAggregate = "max" | "mean" | "top_k" | "first";

export interface AggregatedScore {
  readonly score: number;
  /** The window that speaks for the document: the best one, the earlier of equals; 0 for `first`. */
  readonly index: number;
}

/**
 * @param scores one score per window, at least one
 * @param topK how many windows `top_k` takes; all where there are fewer
 * @throws INVALID_OPTION
 */
export function aggregateWindows(
  scores: ArrayLike<number>,
  aggregate: WindowAggregate,
  topK = 3,
): AggregatedScore {
  if (scores.length === 0) {
    throw new RankwrightError("INVALID_OPTION", "scores is empty: at least one window is needed.", {
      field: "scores",
    });
  }
  let index = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[index]!) index = i;
  switch (aggregate) {
    case "max":
      return { score: scores[index]!, index };
    case "mean":
      return { score: mean(Array.from(scores)), index };
    case "top_k": {
      if (!Number.isInteger(topK) || topK < 1) {
        throw new RankwrightError(
          "INVALID_OPTION",
          `topK is ${show(topK)}: a whole number from 1 on is needed.`,
          {
            field: "topK",
            value: topK,
          },
        );
      }
      const best = Array.from(scores).sort((a, b) => b - a);
      return { score: mean(best.slice(0, topK)), index };
    }
    case "first":
      return { score: scores[0]!, index: 0 };
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
