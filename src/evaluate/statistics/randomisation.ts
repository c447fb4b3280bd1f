import { checkNumbers, checkWhole } from "../../numbers/check.js";
import { Random } from "../../numbers/random.js";

/**
 * Sums that differ by less than this share of Σ|d| count as equal. The same differences added in another
 * order differ in their last bits (0.1 + 0.2 − 0.3 is not 0), and a tie missed that way would make p too
 * small. Rounding stays below 1e-13 of Σ|d| for 10,000 queries; true gaps between sums of measures are far
 * wider.
 */
const TIE = 1e-12;

export interface RandomisationTest {
  /** Two-sided, in (0, 1]. */
  readonly p: number;
  /** Whether every pattern of signs was counted rather than a sample of them. */
  readonly exact: boolean;
  /** Patterns of signs that were counted. */
  readonly flips: number;
}

/**
 * Fisher's randomisation test of paired differences: were the two systems the same, each difference could
 * as well have had the other sign. With B random patterns of signs, p = (1 + #{|d*| ≥ |d|}) / (B + 1), d
 * being the sum of the differences and d* its value under a pattern (Smucker, Allan and Carterette, CIKM
 * 2007). Zero differences have no sign and are left out; when the m others have no more than `flips`
 * patterns (2^m), all of them are counted, and p = #{|d*| ≥ |d|} / 2^m needs no seed.
 *
 * @param differences system minus baseline per query, at least one, finite
 * @throws INVALID_OPTION
 */
export function randomisationTest(
  differences: ArrayLike<number>,
  {
    flips = 100_000,
    seed = 0,
  }: { readonly flips?: number | undefined; readonly seed?: number | undefined } = {},
): RandomisationTest {
  checkNumbers("differences", differences);
  checkWhole("flips", flips, 1, 10_000_000);
  checkWhole("seed", seed, 0);
  const signed = Float64Array.from(differences).filter((difference) => difference !== 0);
  const patterns = 2 ** signed.length;
  const exact = patterns <= flips;
  const random = new Random(seed);
  const sums = exact
    ? signedSums(signed, patterns, (pattern) => pattern)
    : signedSums(signed, flips, () => random.uint32());

  const observed = Math.abs(signed.reduce((sum, difference) => sum + difference, 0));
  const least = observed - TIE * signed.reduce((sum, difference) => sum + Math.abs(difference), 0);
  let extreme = 0;
  for (let b = 0; b < sums.length; b++) if (Math.abs(sums[b]!) >= least) extreme++;
  const p = exact ? extreme / patterns : (1 + extreme) / (flips + 1);
  return { p, exact, flips: sums.length };
}

/**
 * Sums of the differences under `count` patterns of signs. 32 differences at a time share the bits of one
 * word; the 256 signed sums of each 8 of them are tabled, so that a pattern costs four look-ups per 32.
 */
function signedSums(
  differences: Float64Array,
  count: number,
  word: (pattern: number) => number,
): Float64Array {
  const sums = new Float64Array(count);
  for (let start = 0; start < differences.length; start += 32) {
    const table0 = byteTable(differences, start);
    const table1 = byteTable(differences, start + 8);
    const table2 = byteTable(differences, start + 16);
    const table3 = byteTable(differences, start + 24);
    for (let b = 0; b < count; b++) {
      const bits = word(b);
      const low = table0[bits & 255]! + table1[(bits >>> 8) & 255]!;
      sums[b]! += low + (table2[(bits >>> 16) & 255]! + table3[bits >>> 24]!);
    }
  }
  return sums;
}

/** For each byte, the sum of the 8 differences from `start`, those whose bit is set negated. */
function byteTable(differences: Float64Array, start: number): Float64Array {
  const table = new Float64Array(256);
  for (let bit = 0; bit < 8; bit++) {
    const difference = differences[start + bit] ?? 0;
    for (let byte = 0; byte < 256; byte++) table[byte]! += byte & (1 << bit) ? -difference : difference;
  }
  return table;
}
