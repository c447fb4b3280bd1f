import { checkCount, checkNumbers, checkSameLength, invalid } from "../../numbers/check.js";
import type { Interval } from "../../numbers/interval.js";
import { bootstrapMean } from "./bootstrap.js";
import { mean } from "./describe.js";
import { holm } from "./holm.js";
import { type PairedT, pairedT } from "./paired-t.js";
import { detectableDifference, queriesNeeded } from "./power.js";
import { randomisationTest } from "./randomisation.js";

/** Values that differ by less than this share of the larger are a tie: the rest is rounding. */
const TIE = 1e-12;

export interface SystemValues {
  /** Unique among the systems compared. */
  readonly name: string;
  /** One finite value per query, in the order of the baseline's; higher is better. */
  readonly values: Float64Array;
}

export interface CompareSystemsOptions {
  /** One finite value per query, at least one query. */
  readonly baseline: Float64Array;
  /** At least one. */
  readonly systems: readonly SystemValues[];
  /** Of the randomisation test and the bootstrap. Default 0. */
  readonly seed?: number | undefined;
  /** Sign patterns of the randomisation test. Default 100,000. */
  readonly flips?: number | undefined;
  /** Resamples of the bootstrap. Default 10,000. */
  readonly resamples?: number | undefined;
}

/** One system against the baseline. Differences are system minus baseline, in the unit of the measure. */
export interface SystemComparison {
  readonly name: string;
  readonly mean: number;
  /** Mean over the queries. */
  readonly difference: number;
  /** 95 % percentile bootstrap interval of the difference. */
  readonly interval95: Interval;
  /** Two-sided, of Fisher's randomisation test; in (0, 1]. */
  readonly p: number;
  /** Two-sided, of the paired t-test, for comparison; see `pairedT` for samples without spread. */
  readonly pT: number;
  /** `p` adjusted by Holm's method for the number of systems compared; in (0, 1]. */
  readonly pHolm: number;
  /** Queries on which the system is better than, as good as and worse than the baseline. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /**
   * Smallest true difference that as many queries of this spread find significant (two-sided 5 %) four
   * times in five; Infinity for one query, 0 where all differences are the same.
   */
  readonly detectable: number;
  /**
   * Queries that a difference as large as the one seen takes to be found four times in five; absent where
   * there is no difference, no spread or no such number.
   */
  readonly needed?: number | undefined;
}

/**
 * Compares systems with one baseline, query by query. Every system is tested with the same seed, so that
 * its figures (but for `pHolm`) do not depend on which others are compared.
 *
 * @returns one comparison per system, in the order given
 * @throws INVALID_OPTION for no queries, values that are not finite, lengths that differ or a name twice
 */
export function compareSystems(options: CompareSystemsOptions): SystemComparison[] {
  const { baseline, systems } = options;
  checkNumbers("baseline", baseline);
  checkCount("systems", systems, 1);
  const names = new Set<string>();
  for (const [i, { name, values }] of systems.entries()) {
    if (names.has(name)) throw invalid(`systems[${i}].name`, name, "name every system differently.");
    names.add(name);
    checkSameLength(`systems[${i}].values`, values, baseline, "baseline");
    checkNumbers(`systems[${i}].values`, values);
  }
  const alone = systems.map((system) => compareWithBaseline(system, options));
  const adjusted = holm(alone.map(({ p }) => p));
  return alone.map((comparison, i) => ({ ...comparison, pHolm: adjusted[i]! }));
}

function compareWithBaseline(
  { name, values }: SystemValues,
  { baseline, seed = 0, flips = 100_000, resamples = 10_000 }: CompareSystemsOptions,
): Omit<SystemComparison, "pHolm"> {
  const differences = values.map((value, i) => differenceOf(value, baseline[i]!));
  const test = pairedT(differences);
  const wins = differences.filter((difference) => difference > 0).length;
  const losses = differences.filter((difference) => difference < 0).length;
  return {
    name,
    mean: mean(values),
    difference: test.mean,
    interval95: bootstrapMean(differences, { resamples, seed }),
    p: randomisationTest(differences, { flips, seed }).p,
    pT: test.p,
    wins,
    ties: differences.length - wins - losses,
    losses,
    detectable: detectableAt(test),
    needed: neededFor(test),
  };
}

function differenceOf(value: number, base: number): number {
  const difference = value - base;
  return Math.abs(difference) <= TIE * Math.max(Math.abs(value), Math.abs(base)) ? 0 : difference;
}

/** Differences below this many deviations would take more than a hundred thousand queries. */
const LEAST_EFFECT = 0.01;

function neededFor({ mean, sd, df }: PairedT): number | undefined {
  const delta = Math.abs(mean);
  if (df === 0 || sd === 0 || delta < LEAST_EFFECT * sd) return undefined;
  return queriesNeeded({ sd, delta });
}

function detectableAt({ sd, df }: PairedT): number {
  if (df === 0) return Number.POSITIVE_INFINITY;
  return sd === 0 ? 0 : detectableDifference({ n: df + 1, sd });
}
