import { checkPositive, invalid } from "../../numbers/check.js";

/**
 * The regularised incomplete beta function I_x(a, b), in [0, 1]: the distribution function of Beta(a, b) at
 * x. Continued fraction of DiDonato and Morris (ACM TOMS 708, 1992). Relative error below 1e-12 for a + b up
 * to 1e4, 1e-10 up to 1e6.
 *
 * @param a above 0
 * @param b above 0
 * @param x in [0, 1]
 * @param y 1 − x, for callers that know it better than the subtraction would
 * @throws INVALID_OPTION
 */
export function incompleteBeta(a: number, b: number, x: number, y = 1 - x): number {
  checkPositive("a", a);
  checkPositive("b", b);
  if (!(x >= 0 && x <= 1)) throw invalid("x", x, "pass a number from 0 to 1.");
  if (x === 0 || y === 0) return x === 0 ? 0 : 1;
  // Right of the mean the tail is the smaller part, and the fraction converges faster there.
  if (x > a / (a + b)) return 1 - powerTerms(b, a, y, x) / continuedFraction(b, a, y, x);
  return powerTerms(a, b, x, y) / continuedFraction(a, b, x, y);
}

/** Density of Beta(a, b) at x in (0, 1); y is 1 − x. */
export function betaDensity(a: number, b: number, x: number, y = 1 - x): number {
  return powerTerms(a, b, x, y) / (x * y);
}

/**
 * x^a · y^b / B(a, b). The gamma functions of B are Lanczos sums whose powers are joined with those of x
 * and y before any logarithm is taken: the difference of three large log-gammas would lose the digits.
 */
function powerTerms(a: number, b: number, x: number, y: number): number {
  const ag = a + LANCZOS_G - 0.5;
  const bg = b + LANCZOS_G - 0.5;
  const cg = a + b + LANCZOS_G - 0.5;
  const powers = a * logNear1((x * cg) / ag, (x * b - y * ag) / ag);
  const others = b * logNear1((y * cg) / bg, (y * a - x * bg) / bg);
  const roots = 0.5 * Math.log((ag / cg) * bg) + LANCZOS_G - 0.5 - 0.5 * Math.log(2 * Math.PI);
  const sums = lanczosSum(a + b) / (lanczosSum(a) * lanczosSum(b));
  return Math.exp(powers + others + roots) * sums;
}

/** log(ratio), where `excess` is ratio − 1 to more digits. */
function logNear1(ratio: number, excess: number): number {
  return Math.abs(excess) < 0.5 ? Math.log1p(excess) : Math.log(ratio);
}

/**
 * The fraction b₀ + a₁/(b₁ + a₂/(b₂ + …)) that the power terms are divided by, evaluated by Lentz's method.
 * Written with y as well as x, it keeps its digits where x is close to 1.
 */
function continuedFraction(a: number, b: number, x: number, y: number): number {
  const partial = (m: number) =>
    m + (m * (b - m) * x) / (a + 2 * m - 1) + ((a + m) * (a * y - b * x + 1 + m * (2 - x))) / (a + 2 * m + 1);
  let value = awayFromZero((a * (a * y - b * x + 1)) / (a + 1));
  let c = value;
  let d = 0;
  for (let m = 1; m <= 100_000; m++) {
    const next = partial(m);
    const numerator = ((a + m - 1) * (a + b + m - 1) * m * (b - m) * x * x) / (a + 2 * m - 1) ** 2;
    d = 1 / awayFromZero(next + numerator * d);
    c = awayFromZero(next + numerator / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}

/** Γ(a) = √(2π) · (a + g − ½)^(a − ½) · e^(−(a + g − ½)) · lanczosSum(a), g = 7 (Lanczos, 1964). */
const LANCZOS_G = 7;
const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
] as const;

function lanczosSum(a: number): number {
  let sum = 0.9999999999998099;
  for (let k = 0; k < LANCZOS.length; k++) sum += LANCZOS[k]! / (a + k);
  return sum;
}
