/**
 * Replaces a symmetric positive definite n × n matrix by its Cholesky factor L, M = L·Lᵀ, in place.
 * Row-major; only the lower triangle is read and written. A pivot that rounding makes less than 1e-14 of its
 * diagonal is held there: the direction is one that nothing determines.
 */
export function cholesky(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let j = 0; j < i; j++) {
      const other = j * n;
      let sum = matrix[row + j]!;
      for (let k = 0; k < j; k++) sum -= matrix[row + k]! * matrix[other + k]!;
      matrix[row + j] = sum / matrix[other + j]!;
    }
    const diagonal = matrix[row + i]!;
    let pivot = diagonal;
    for (let k = 0; k < i; k++) pivot -= matrix[row + k]! ** 2;
    matrix[row + i] = Math.sqrt(Math.max(pivot, 1e-14 * diagonal, Number.MIN_VALUE));
  }
}

/** Solves L·x = b in place. */
export function solveLower(factor: Float64Array, n: number, x: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let sum = x[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * n + k]! * x[k]!;
    x[i] = sum / factor[i * n + i]!;
  }
}

/** Solves Lᵀ·x = b in place. */
export function solveUpper(factor: Float64Array, n: number, x: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    const row = i * n;
    const value = x[i]! / factor[row + i]!;
    x[i] = value;
    for (let k = 0; k < i; k++) x[k]! -= factor[row + k]! * value;
  }
}

/** The full inverse (L·Lᵀ)⁻¹ of a matrix from its factor; n³/3 multiplications. */
export function invertFromFactor(factor: Float64Array, n: number): Float64Array {
  // Row i of L⁻¹, whose entries k ≤ i come from the rows above it.
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let k = 0; k < i; k++) {
      const share = factor[row + k]!;
      const above = k * n;
      for (let j = 0; j <= k; j++) lower[row + j]! -= share * lower[above + j]!;
    }
    const pivot = factor[row + i]!;
    for (let j = 0; j < i; j++) lower[row + j]! /= pivot;
    lower[row + i] = 1 / pivot;
  }
  // L⁻ᵀ·L⁻¹, as a sum over the rows of L⁻¹.
  const inverse = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    const row = k * n;
    for (let i = 0; i <= k; i++) {
      const share = lower[row + i]!;
      for (let j = 0; j <= i; j++) inverse[i * n + j]! += share * lower[row + j]!;
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) inverse[j * n + i] = inverse[i * n + j]!;
  return inverse;
}
