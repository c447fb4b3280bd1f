import { checkFinite } from "../../numbers/check.js";
import { ascending, checkLabelled } from "./labelled.js";

/** A non-decreasing curve, linear between its knots and level beyond them. */
export interface IsotonicFit {
  /** Strictly ascending. */
  readonly scores: Float64Array;
  /** Probability at each knot; never falls. */
  readonly probabilities: Float64Array;
}

/** Neighbouring scores that share one probability, relevant / count. */
interface Block {
  readonly lowest: number;
  readonly highest: number;
  readonly relevant: number;
  readonly count: number;
}

/**
 * Isotonic calibration: the non-decreasing probabilities of least squared error, by pooling adjacent
 * violators (Ayer et al., 1955; Zadrozny and Elkan, KDD 2002), clipped to [1/(n + 2), 1 − 1/(n + 2)] for n
 * items. Equal scores count as one point. Wants about 1,000 items, 200 of them relevant; with fewer, Platt's
 * curve generalises better.
 *
 * @param scores finite, at least one
 * @param labels whether each is relevant
 * @throws INVALID_OPTION
 */
export function fitIsotonic(scores: ArrayLike<number>, labels: readonly boolean[]): IsotonicFit {
  checkLabelled("scores", scores, labels);
  const blocks: Block[] = [];
  for (const point of distinctScores(scores, labels)) {
    let block = point;
    for (let below = blocks.at(-1); below && fallsTo(below, block); below = blocks.at(-1)) {
      blocks.pop();
      block = {
        lowest: below.lowest,
        highest: block.highest,
        relevant: below.relevant + block.relevant,
        count: below.count + block.count,
      };
    }
    blocks.push(block);
  }
  const least = 1 / (labels.length + 2);
  const knots = blocks.flatMap(({ lowest, highest, relevant, count }) => {
    const probability = Math.min(Math.max(relevant / count, least), 1 - least);
    return lowest === highest
      ? [[lowest, probability]]
      : [
          [lowest, probability],
          [highest, probability],
        ];
  });
  return {
    scores: Float64Array.from(knots, (knot) => knot[0]!),
    probabilities: Float64Array.from(knots, (knot) => knot[1]!),
  };
}

/** The calibrated probability of a score. @throws INVALID_OPTION unless `score` is finite */
export function isotonicProbability({ scores, probabilities }: IsotonicFit, score: number): number {
  checkFinite("score", score);
  // The number of knots at or below the score.
  let [low, high] = [0, scores.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scores[middle]! <= score) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return probabilities[0]!;
  const p = probabilities[low - 1]!;
  if (low === scores.length) return p;
  const share = (score - scores[low - 1]!) / (scores[low]! - scores[low - 1]!);
  return p + share * (probabilities[low]! - p);
}

/** One block per distinct score, ascending. */
function distinctScores(scores: ArrayLike<number>, labels: readonly boolean[]): Block[] {
  const order = ascending(scores);
  const blocks: Block[] = [];
  for (let start = 0, end = 0; start < order.length; start = end) {
    const score = scores[order[start]!]!;
    let relevant = 0;
    for (; end < order.length && scores[order[end]!] === score; end++) if (labels[order[end]!]) relevant++;
    blocks.push({ lowest: score, highest: score, relevant, count: end - start });
  }
  return blocks;
}

/** Whether the share of relevant items does not rise from one block to the next; exact in whole numbers. */
function fallsTo(below: Block, above: Block): boolean {
  return below.relevant * above.count >= above.relevant * below.count;
}
