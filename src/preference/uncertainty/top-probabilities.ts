import { Random } from "../../numbers/random.js";
import type { ScoreCovariance } from "./score-covariance.js";

/**
 * P(among the k best) of every item, by samples of all scores; with deviations as wide as `width` times the
 * covariance's.
 */
export function topProbabilities(
  scores: Float64Array,
  covariance: ScoreCovariance,
  width: number,
  k: number,
  samples: number,
  seed: number,
): Float64Array {
  const n = scores.length;
  if (k >= n) return new Float64Array(n).fill(1);
  const random = new Random(seed);
  const drawn = new Float64Array(n);
  const counts = new Float64Array(n);
  for (let sample = 0; sample < samples; sample++) {
    covariance.sample(random, drawn);
    for (let i = 0; i < n; i++) drawn[i] = scores[i]! + width * drawn[i]!;
    const threshold = drawn.toSorted()[n - k]!;
    for (let i = 0; i < n; i++) if (drawn[i]! >= threshold) counts[i]!++;
  }
  return counts.map((count) => count / samples);
}
