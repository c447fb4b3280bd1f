import { checkFraction, invalid } from "./check.js";

/** P(Z ≤ z) for the standard normal distribution; ±∞ give 0 and 1. @throws INVALID_OPTION for NaN */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) throw invalid("z", z, "pass a number.");
  return z > 0 ? 1 - upperTail(z) : upperTail(-z);
}

/** The z with P(Z ≤ z) = p, for p in (0, 1). @throws INVALID_OPTION */
export function normalQuantile(p: number): number {
  checkFraction("p", p);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  // Abramowitz and Stegun 26.2.22 (error below 0.003), then Halley's steps, each tripling the digits.
  const t = Math.sqrt(-2 * Math.log(tail));
  let z = t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t);
  for (let i = 0; i < 3; i++) {
    const step = (upperTail(z) - tail) / density(z);
    z += step / (1 - (z * step) / 2);
  }
  return p < 0.5 ? -z : z;
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}

/** P(Z ≥ z) for z ≥ 0 or a little below. */
function upperTail(z: number): number {
  if (z < 2) {
    // Marsaglia, "Evaluating the normal distribution" (2004): z + z³/3 + z⁵/(3·5) + …
    let term = z;
    let sum = z;
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= (z * z) / k;
      sum += term;
    }
    return 0.5 - density(z) * sum;
  }
  if (z > 40) return 0;
  // Laplace's continued fraction z + 1/(z + 2/(z + 3/(z + …))), from a depth that suffices at z = 2.
  let fraction = z;
  for (let k = 200; k >= 1; k--) fraction = z + k / fraction;
  return density(z) / fraction;
}
