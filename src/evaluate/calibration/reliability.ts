import { checkWhole, invalid } from "../../numbers/check.js";
import { ascending, checkLabelled } from "./labelled.js";

/** Items of neighbouring probabilities. */
export interface ReliabilityBin {
  readonly count: number;
  /** Smallest and largest probability inside. */
  readonly lowest: number;
  readonly highest: number;
  /** Mean probability: what was promised. */
  readonly confidence: number;
  /** Share of relevant items: what came true. */
  readonly accuracy: number;
}

export interface Reliability {
  /** In ascending order of probability; together they hold every item once. */
  readonly bins: readonly ReliabilityBin[];
  /** Expected calibration error, in [0, 1]: Σ count/n · |accuracy − confidence|. */
  readonly ece: number;
  /** Mean squared error of the probabilities, in [0, 1] (Brier, 1950). */
  readonly brier: number;
  /** Mean negative log-likelihood in nats; probabilities are held 2^−52 off 0 and 1. */
  readonly logLoss: number;
}

/**
 * How far probabilities can be believed (Naeini, Cooper and Hauskrecht, AAAI 2015), in bins of equal mass.
 * Equal probabilities always share a bin, so bins differ in size, and there are fewer of them, where ties
 * straddle a boundary.
 *
 * @param probabilities in [0, 1], at least one
 * @param labels whether each is relevant
 * @throws INVALID_OPTION
 */
export function reliability(
  probabilities: ArrayLike<number>,
  labels: readonly boolean[],
  { bins = 15 }: { readonly bins?: number | undefined } = {},
): Reliability {
  checkLabelled("probabilities", probabilities, labels);
  checkWhole("bins", bins, 1);
  const n = labels.length;
  let brier = 0;
  let logLoss = 0;
  for (const [i, label] of labels.entries()) {
    const p = probabilities[i]!;
    if (p < 0 || p > 1) throw invalid(`probabilities[${i}]`, p, "pass numbers from 0 to 1.");
    const miss = label ? 1 - p : p;
    brier += (miss * miss) / n;
    const hit = label ? p : 1 - p;
    logLoss -= Math.log(Math.min(Math.max(hit, Number.EPSILON), 1 - Number.EPSILON)) / n;
  }
  const filled = fillBins(probabilities, labels, bins);
  const gap = (bin: ReliabilityBin) => (bin.count / n) * Math.abs(bin.accuracy - bin.confidence);
  return { bins: filled, ece: filled.reduce((sum, bin) => sum + gap(bin), 0), brier, logLoss };
}

/** Closes a bin at the first change of probability at or after each of the boundaries n/bins, 2n/bins, … */
function fillBins(
  probabilities: ArrayLike<number>,
  labels: readonly boolean[],
  bins: number,
): ReliabilityBin[] {
  const order = ascending(probabilities);
  const n = order.length;
  const filled: ReliabilityBin[] = [];
  let [start, sum, relevant, passed] = [0, 0, 0, 0];
  for (let end = 1; end <= n; end++) {
    const item = order[end - 1]!;
    const p = probabilities[item]!;
    sum += p;
    if (labels[item]) relevant++;
    if (end < n && (end * bins < (passed + 1) * n || probabilities[order[end]!] === p)) continue;
    const count = end - start;
    const lowest = probabilities[order[start]!]!;
    filled.push({ count, lowest, highest: p, confidence: sum / count, accuracy: relevant / count });
    [start, sum, relevant, passed] = [end, 0, 0, Math.floor((end * bins) / n)];
  }
  return filled;
}
