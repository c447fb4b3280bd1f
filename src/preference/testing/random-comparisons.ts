import { sigmoid } from "../../numbers/logistic.js";
import { Random } from "../../numbers/random.js";
import { cyclePairs } from "../select/cycle-pairs.js";

export interface Simulated {
  /** True scores, in log-odds. */
  readonly truth: Float64Array;
  readonly comparisons: { a: number; b: number; probability: number }[];
}

/**
 * Comparisons of `n` items along cycles, each the mean of some binary votes by true scores of deviation 1.5.
 */
export function simulate(n: number, { cycles = 4, votes = 1, seed = 1 } = {}): Simulated {
  const random = new Random(seed);
  const truth = Float64Array.from({ length: n }, () => 1.5 * random.normal());
  const comparisons = cyclePairs(n, { cycles, seed }).map(([a, b]) => {
    let wins = 0;
    for (let vote = 0; vote < votes; vote++) if (random.float() < sigmoid(truth[a]! - truth[b]!)) wins++;
    return { a, b, probability: wins / votes };
  });
  return { truth, comparisons };
}
