import { sigmoid } from "../../../numbers/logistic.js";
import type { JudgedPair } from "./judged-pair.js";

/** How much a judge favours what stands first. */
export interface PositionBias {
  /** Pairs with a usable answer in both orders. */
  readonly pairs: number;
  /** Of these, how many answers contradict each other: the first was preferred both times, or the second. */
  readonly contradictions: number;
  readonly towardsFirst: number;
  readonly towardsSecond: number;
  /** `contradictions / pairs`; absent without pairs. */
  readonly rate?: number | undefined;
  /** Estimated size in logits, above 0 towards the first; absent where nothing can be said. */
  readonly logits?: number | undefined;
  /** Of `logits`. */
  readonly standardError?: number | undefined;
}

type BothOrders = readonly [aFirst: number, bFirst: number];

/**
 * Counts contradictions between the two orders and estimates the bias β of a judge for whom
 * logit p(first ≻ second) = Δ + β, with Δ the difference of the two documents. See `fromProbabilities` and
 * `fromVerdicts`; probabilities are used where most pairs have them.
 */
export function positionBias(judged: Iterable<JudgedPair>): PositionBias {
  const pairs: BothOrders[] = [];
  for (const { aFirst, bFirst } of judged) {
    if (aFirst !== undefined && bFirst !== undefined) pairs.push([aFirst, bFirst]);
  }
  const towardsFirst = pairs.filter(([aFirst, bFirst]) => aFirst > 0.5 && bFirst < 0.5).length;
  const towardsSecond = pairs.filter(([aFirst, bFirst]) => aFirst < 0.5 && bFirst > 0.5).length;
  const contradictions = towardsFirst + towardsSecond;
  const counts = { pairs: pairs.length, contradictions, towardsFirst, towardsSecond };
  if (pairs.length === 0) return counts;
  const soft = pairs.filter((pair) => pair.every((p) => p > 0 && p < 1 && p !== 0.5));
  const estimate = 2 * soft.length >= pairs.length ? fromProbabilities(soft) : fromVerdicts(pairs);
  return { ...counts, rate: contradictions / pairs.length, ...estimate };
}

/**
 * Half the difference of the two logits is β plus noise, whatever Δ. Pairs of which one document is far better
 * count less, by the p(1 − p) of their mean: there logits are cut off, and the noise of the mean is independent of that of
 * the difference, so that the weights do not distort.
 */
function fromProbabilities(pairs: readonly BothOrders[]) {
  let [weights, sum] = [0, 0];
  const parts = pairs.map(([aFirst, bFirst]) => {
    const [x, y] = [logit(aFirst), logit(bFirst)];
    const p = sigmoid((x + y) / 2);
    const part = { weight: p * (1 - p), half: (x - y) / 2 };
    weights += part.weight;
    sum += part.weight * part.half;
    return part;
  });
  if (weights === 0) return {};
  const logits = sum / weights;
  const squares = parts.reduce((total, { weight, half }) => total + (weight * (half - logits)) ** 2, 0);
  return { logits, ...(pairs.length > 1 && { standardError: Math.sqrt(squares) / weights }) };
}

/**
 * Given Δ, p(first preferred both times) / p(second preferred both times) = e^2β: Δ cancels, as the items do in
 * conditional logistic regression, so that β = ½ ln(n₁₁ / n₂₂). Half a pair is added to either count, which keeps the
 * estimate finite and nearly unbiased (Haldane 1955); ties count as half of both.
 */
function fromVerdicts(pairs: readonly BothOrders[]) {
  let [first, second] = [0.5, 0.5];
  for (const [aFirst, bFirst] of pairs) {
    first += aFirst * (1 - bFirst);
    second += (1 - aFirst) * bFirst;
  }
  // Not one contradiction: the bias is small against the differences, and nothing tells how small.
  if (first + second === 1) return {};
  return { logits: Math.log(first / second) / 2, standardError: Math.sqrt(1 / first + 1 / second) / 2 };
}

function logit(p: number): number {
  return Math.log(p) - Math.log1p(-p);
}
