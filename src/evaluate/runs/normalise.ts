import { RankwrightError, show } from "../../types/index.js";

/**
 * How the scores of one query's list get a common scale.
 * - `min-max`: (s − least) / (greatest − least), in [0, 1]; 1 where all are equal. Absent documents get 0.
 * - `z-score`: (s − mean) / standard deviation (of the list, dividing by n); 0 where all are equal. Absent
 *   documents get the least of the list.
 * - `none`: the scores as they are. Absent documents get the least of the list.
 */
export type Normalisation = "min-max" | "z-score" | "none";

export interface NormalisedScores {
  readonly values: Float64Array;
  /** What a document gets that the list lacks. */
  readonly absent: number;
}

/** @param scores Finite. @throws RankwrightError INVALID_OPTION */
export function normalise(scores: Float64Array, method: Normalisation): NormalisedScores {
  const least = scores.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const greatest = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  switch (method) {
    case "min-max": {
      const range = greatest - least;
      return { values: scores.map((score) => (range > 0 ? (score - least) / range : 1)), absent: 0 };
    }
    case "z-score": {
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
      const z = (score: number) =>
        greatest > least && variance > 0 ? (score - mean) / Math.sqrt(variance) : 0;
      return { values: scores.map(z), absent: z(least) };
    }
    case "none":
      return { values: scores, absent: scores.length === 0 ? 0 : least };
    default: {
      const message = `normalise is ${show(method)}; give min-max, z-score or none.`;
      throw new RankwrightError("INVALID_OPTION", message, { field: "normalise", value: method });
    }
  }
}
