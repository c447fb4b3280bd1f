/** A symmetric positive (semi)definite matrix, by what it does. */
export interface Operator {
  /** Writes the product with `vector` into `out`. */
  multiply(vector: Float64Array, out: Float64Array): void;
  readonly diagonal: Float64Array;
}

/**
 * Solves M·x = b by conjugate gradients (Hestenes and Stiefel 1952), preconditioned by the diagonal, from x =
 * 0. A singular M does no harm where b has no part in its null space: neither has x.
 *
 * @param tolerance of the residual, relative to b, both in the norm of the preconditioner
 * @param most products; in exact numbers as many as there are unknowns suffice
 * @returns whether the tolerance was reached; x is of use in either case
 */
export function conjugateGradients(
  { multiply, diagonal }: Operator,
  b: Float64Array,
  x: Float64Array,
  tolerance: number,
  most: number,
): boolean {
  const n = b.length;
  const scale = diagonal.map((value) => (value > 0 ? 1 / value : 0));
  const residual = b.slice();
  const direction = b.map((value, i) => value * scale[i]!);
  const product = new Float64Array(n);
  x.fill(0);
  let size = 0;
  for (let i = 0; i < n; i++) size += b[i]! * direction[i]!;
  const enough = tolerance * tolerance * size;
  for (let products = 0; size > enough && products < most; products++) {
    multiply(direction, product);
    let curvature = 0;
    for (let i = 0; i < n; i++) curvature += direction[i]! * product[i]!;
    if (!(curvature > 0)) break;
    const step = size / curvature;
    let next = 0;
    for (let i = 0; i < n; i++) {
      x[i]! += step * direction[i]!;
      residual[i]! -= step * product[i]!;
      next += residual[i]! ** 2 * scale[i]!;
    }
    const turn = next / size;
    for (let i = 0; i < n; i++) direction[i] = residual[i]! * scale[i]! + turn * direction[i]!;
    size = next;
  }
  return size <= enough;
}
