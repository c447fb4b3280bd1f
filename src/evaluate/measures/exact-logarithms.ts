/**
 * Logarithms and exponentials rounded correctly, so that sums of them agree with trec_eval to the last bit:
 * JavaScript leaves the last bit of `Math.log2`, `Math.log` and `Math.exp` to the engine. Computed in
 * fixed-point numbers of 160 fractional bits.
 */
const BITS = 160n;
const ONE = 1n << BITS;
const SCALE = 2 ** 160;

/** 2·artanh(numerator / denominator) = ln((denominator + numerator) / (denominator − numerator)). */
function twiceArtanh(numerator: bigint, denominator: bigint): bigint {
  const ratio = (numerator << BITS) / denominator;
  const square = (ratio * ratio) >> BITS;
  let sum = 0n;
  for (let power = ratio, n = 1n; power !== 0n; power = (power * square) >> BITS, n += 2n) {
    sum += power / n;
  }
  return 2n * sum;
}

const LN2 = twiceArtanh(1n, 3n);

/**
 * log2 of the whole numbers below 2^17 for which glibc (2.28 and newer, on processors with fused
 * multiply-add) misses the nearest double.
 */
const GLIBC_LOG2: ReadonlyMap<number, number> = new Map([
  [1621, 10.662668375517542],
  [3242, 11.662668375517542],
  [6484, 12.662668375517542],
  [12968, 13.662668375517542],
  [25936, 14.662668375517542],
  [51872, 15.662668375517542],
  [57803, 15.818856750697654],
  [104703, 16.675943254080096],
  [107177, 16.709635813571264],
  [110806, 16.757676477988905],
  [112705, 16.782191994518325],
]);

const LIMIT = 2 ** 17;
const table = new Float64Array(LIMIT);
let filled = 1;
let last = 0n;

/** log2 of a whole number, exact to the last bit below 2^17. */
export function log2Whole(n: number): number {
  if (n >= LIMIT) return Math.log2(n);
  while (n > filled) {
    filled++;
    // ln(k) from ln(k − 1): a series of few terms.
    last += twiceArtanh(1n, 2n * BigInt(filled) - 1n);
    table[filled] = GLIBC_LOG2.get(filled) ?? Number((last << BITS) / LN2) / SCALE;
  }
  return table[n] as number;
}

/** A number above 1e-280 as whole · 2^exponent. */
function decompose(x: number): [whole: bigint, exponent: number] {
  const exponent = Math.floor(Math.log2(x)) - 54;
  return [BigInt(x / 2 ** exponent), exponent];
}

/** Natural logarithm of a number above 1e-280. */
export function ln(x: number): number {
  const [whole, exponent] = decompose(x);
  const doublings = whole.toString(2).length - 1;
  const power = 1n << BigInt(doublings);
  const value = twiceArtanh(whole - power, whole + power) + BigInt(exponent + doublings) * LN2;
  return Number(value) / SCALE;
}

/** e^x for |x| up to about 700. */
export function exp(x: number): number {
  if (x === 0) return 1;
  const [whole, exponent] = decompose(Math.abs(x));
  const size = exponent < 0 ? (whole << BITS) >> BigInt(-exponent) : whole << (BITS + BigInt(exponent));
  const value = x < 0 ? -size : size;
  const halvings = value / LN2;
  const rest = value - halvings * LN2;
  let sum = 0n;
  for (let term = ONE, n = 1n; term !== 0n; term = (term * rest) / (n * ONE), n++) sum += term;
  return (Number(sum) / SCALE) * 2 ** Number(halvings);
}
