import type { Components } from "../connectivity/strong-components.js";
import type { Likelihood } from "../likelihood/likelihood.js";
import { newtonStep } from "./newton-step.js";

/** Largest change of a difference of scores in one step: beyond, the curvature at its start says nothing. */
const REACH = 4;

export interface MaximiseOptions {
  readonly lambda: number;
  readonly tolerance: number;
  readonly maxIterations: number;
}

export interface Maximum {
  readonly scores: Float64Array;
  /** Without the penalty. */
  readonly logLikelihood: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * The scores that maximise log-likelihood − λ/2 Σ e², by Newton's method: concave, so that there is one
 * maximum. Steps are cut to a reach and halved until they gain, the last one is below `tolerance` everywhere.
 * The penalty makes scores sum to 0 within each component; rounding is taken out after every step.
 */
export function maximise(
  likelihood: Likelihood,
  components: Components,
  { lambda, tolerance, maxIterations }: MaximiseOptions,
): Maximum {
  const n = likelihood.size;
  let scores: Float64Array = new Float64Array(n);
  let gradient: Float64Array = new Float64Array(n);
  let logLikelihood = likelihood.at(scores, gradient);
  let value = penalise(logLikelihood, scores, gradient, lambda);
  let iterations = 0;
  let converged = false;
  const step = new Float64Array(n);
  while (!converged && iterations < maxIterations) {
    iterations++;
    newtonStep(likelihood.curvature(), gradient, lambda, step);
    centre(step, components);
    const gain = dot(gradient, step);
    const length = step.reduce((most, change) => Math.max(most, Math.abs(change)), 0);
    // A gain that the rounding of the likelihood hides is none.
    converged = length < tolerance || gain <= 1e-16 * Math.abs(value);
    let share = Math.min(1, REACH / likelihood.reach(step));
    for (;;) {
      const nextScores = scores.map((score, i) => score + share * step[i]!);
      const nextGradient = new Float64Array(n);
      const next = likelihood.at(nextScores, nextGradient);
      const nextValue = penalise(next, nextScores, nextGradient, lambda);
      const least = value + 1e-4 * share * gain - 1e-13 * Math.abs(value);
      if (nextValue >= least || share < 1e-10) {
        [scores, gradient, logLikelihood, value] = [nextScores, nextGradient, next, nextValue];
        break;
      }
      share /= 2;
    }
  }
  centre(scores, components);
  return { scores, logLikelihood, iterations, converged };
}

/** Takes the penalty off value and gradient. */
function penalise(value: number, scores: Float64Array, gradient: Float64Array, lambda: number): number {
  let squares = 0;
  for (let i = 0; i < scores.length; i++) {
    squares += scores[i]! ** 2;
    gradient[i]! -= lambda * scores[i]!;
  }
  return value - (lambda / 2) * squares;
}

/** Makes the values of each component sum to 0. */
function centre(values: Float64Array, { count, labels }: Components): void {
  const sums = new Float64Array(count);
  const sizes = new Int32Array(count);
  for (let i = 0; i < values.length; i++) {
    sums[labels[i]!]! += values[i]!;
    sizes[labels[i]!]!++;
  }
  for (let i = 0; i < values.length; i++) values[i]! -= sums[labels[i]!]! / sizes[labels[i]!]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
