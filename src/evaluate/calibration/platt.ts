import { checkFinite } from "../../numbers/check.js";
import { sigmoid, softplus } from "../../numbers/logistic.js";
import { mean, standardDeviation } from "../statistics/describe.js";
import { checkLabelled } from "./labelled.js";

/** p = σ(a·score + b). */
export interface PlattFit {
  /** Per unit of score; above 0 where higher scores mean more relevant. */
  readonly a: number;
  readonly b: number;
}

/**
 * Platt scaling (1999): the logistic curve of least log-loss, found by Newton's method with halved steps
 * (Lin, Lin and Weng, 2007). Platt's targets, (N⁺ + 1)/(N⁺ + 2) for relevant and 1/(N⁻ + 2) for others,
 * keep the curve finite where a score separates the two. Where all scores or all labels are the same, a is
 * 0 and the curve is the mean target.
 *
 * @param scores finite, at least one
 * @param labels whether each is relevant
 * @throws INVALID_OPTION
 */
export function fitPlatt(scores: ArrayLike<number>, labels: readonly boolean[]): PlattFit {
  checkLabelled("scores", scores, labels);
  const positives = labels.filter((label) => label).length;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  const targets = Float64Array.from(labels, (label) => (label ? high : low));

  const centre = mean(scores);
  const spread = scores.length > 1 ? standardDeviation(scores) : 0;
  const level = mean(targets);
  const start = { a: 0, b: Math.log(level / (1 - level)) };
  if (spread === 0 || positives === 0 || positives === labels.length) return start;

  // On scores of mean 0 and spread 1, so that their unit and offset do not matter to the steps.
  const standard = Float64Array.from(scores, (score) => (score - centre) / spread);
  const { a, b } = minimise(standard, targets, start);
  return { a: a / spread, b: b - (a * centre) / spread };
}

/** The calibrated probability, in [0, 1], of a score. @throws INVALID_OPTION unless `score` is finite */
export function plattProbability({ a, b }: PlattFit, score: number): number {
  checkFinite("score", score);
  return sigmoid(a * score + b);
}

function minimise(scores: Float64Array, targets: Float64Array, start: PlattFit): PlattFit {
  let { a, b } = start;
  let loss = logLoss(scores, targets, a, b);
  for (let iteration = 0; iteration < 100; iteration++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 0, 0, 0];
    for (let i = 0; i < scores.length; i++) {
      const s = scores[i]!;
      const p = sigmoid(a * s + b);
      const error = p - targets[i]!;
      const weight = p * (1 - p);
      ga += error * s;
      gb += error;
      haa += weight * s * s;
      hab += weight * s;
      hbb += weight;
    }
    const determinant = haa * hbb - hab * hab;
    const da = (hab * gb - hbb * ga) / determinant;
    const db = (hab * ga - haa * gb) / determinant;
    let step = 1;
    let next = logLoss(scores, targets, a + da, b + db);
    while (!(next <= loss) && step > 1e-10) {
      step /= 2;
      next = logLoss(scores, targets, a + step * da, b + step * db);
    }
    // No step lowers the loss any more, or none that counts: this is the minimum to rounding.
    if (!(next <= loss)) break;
    a += step * da;
    b += step * db;
    loss = next;
    if (Math.abs(step * da) <= 1e-14 * Math.abs(a) && Math.abs(step * db) <= 1e-14 * (1 + Math.abs(b))) break;
  }
  return { a, b };
}

/** Σ softplus(z) − t·z over z = a·s + b. */
function logLoss(scores: Float64Array, targets: Float64Array, a: number, b: number): number {
  let loss = 0;
  for (let i = 0; i < scores.length; i++) {
    const z = a * scores[i]! + b;
    loss += softplus(z) - targets[i]! * z;
  }
  return loss;
}
