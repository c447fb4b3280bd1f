import type { Information } from "../likelihood/likelihood.js";
import { solveLower, solveUpper } from "../linear/cholesky.js";
import { conjugateGradients } from "../linear/conjugate-gradients.js";
import { precision, precisionFactor } from "../linear/precision.js";

/** What conjugate gradients may leave of a step. */
const INEXACTNESS = 1e-6;

/** Up to so many items Cholesky's method is at hand: it takes longer, and no bad condition disturbs it. */
const DENSE_ITEMS = 300;

/**
 * Solves (information + λI)·step = gradient. Conjugate gradients take some 20 to 40 products on graphs
 * without bottlenecks, less than a factorisation of any size; where they take more than there are items,
 * which long chains and nearly undetermined scores bring about, Cholesky's method does it.
 */
export function newtonStep(
  information: Information,
  gradient: Float64Array,
  lambda: number,
  step: Float64Array,
): void {
  const n = gradient.length;
  const most = n <= DENSE_ITEMS ? n : 10 * n;
  if (conjugateGradients(precision(information, lambda), gradient, step, INEXACTNESS, most)) return;
  if (n > DENSE_ITEMS) return;
  const factor = precisionFactor(information, lambda);
  step.set(gradient);
  solveLower(factor, n, step);
  solveUpper(factor, n, step);
}
