import type { Information } from "../likelihood/likelihood.js";
import { cholesky } from "./cholesky.js";
import type { Operator } from "./conjugate-gradients.js";

/** The matrix information + λI, whose inverse is the covariance of scores. */
export function precision(information: Information, lambda: number): Operator {
  return {
    diagonal: information.diagonal.map((value) => value + lambda),
    multiply(vector, out) {
      information.multiply(vector, out);
      for (let i = 0; i < out.length; i++) out[i]! += lambda * vector[i]!;
    },
  };
}

/**
 * The Cholesky factor of information + λI + α·11ᵀ, row-major. Information leaves constants alone, so that the
 * last term acts on nothing but the mean of a vector: with it the matrix has an inverse where λ is 0 too.
 */
export function precisionFactor(information: Information, lambda: number): Float64Array {
  const n = information.diagonal.length;
  const { diagonal } = information;
  const level = diagonal.reduce((sum, value) => sum + value, 0) / n;
  const matrix = new Float64Array(n * n).fill((level > 0 ? level : 1) / n);
  for (let i = 0; i < n; i++) matrix[i * n + i]! += lambda;
  information.addTo(matrix);
  cholesky(matrix, n);
  return matrix;
}
