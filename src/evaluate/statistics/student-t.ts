import { checkFraction, checkPositive, invalid } from "../../numbers/check.js";
import { betaDensity, incompleteBeta } from "./incomplete-beta.js";
import { increasingRoot } from "./monotone-root.js";

/** P(T ≤ t) for Student's t with `df` > 0 degrees of freedom; ±∞ give 0 and 1. @throws INVALID_OPTION */
export function studentTCdf(t: number, df: number): number {
  const tail = twoSidedP(t, df) / 2;
  return t > 0 ? 1 - tail : tail;
}

/**
 * P(|T| ≥ |t|) for Student's t, in [0, 1]: I_x(df/2, 1/2) at x = df / (df + t²) (Abramowitz and Stegun
 * 26.7.1). @throws INVALID_OPTION
 */
export function twoSidedP(t: number, df: number): number {
  if (Number.isNaN(t)) throw invalid("t", t, "pass a number.");
  checkPositive("df", df);
  return incompleteBeta(df / 2, 0.5, df / (df + t * t), 1 / (1 + df / (t * t)));
}

/** The t with P(T ≤ t) = p, for p in (0, 1). @throws INVALID_OPTION */
export function studentTQuantile(p: number, df: number): number {
  checkFraction("p", p);
  checkPositive("df", df);
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  // −log of the tail, so that a Newton step goes as far in a tail of 1e-12 as in one of 0.1.
  const excess = (t: number) => Math.log(tail) - Math.log(twoSidedP(t, df) / 2);
  const slope = (t: number) => density(t, df) / (twoSidedP(t, df) / 2);
  let high = 1;
  while (excess(high) < 0) high *= 2;
  const t = increasingRoot(excess, slope, 0, high);
  return p < 0.5 ? -t : t;
}

function density(t: number, df: number): number {
  const x = df / (df + t * t);
  const y = 1 / (1 + df / (t * t));
  // Chain rule from ½·I_x(df/2, ½): |dx/dt| = 2·x·y/t.
  return t === 0 ? 0 : (betaDensity(df / 2, 0.5, x, y) * x * y) / t;
}
