import { quantile } from "../statistics/quantile.js";
import type { ExaminedQuery } from "./examined-query.js";

/** Deepest re-ranking that anything is said about. */
export const DEEPEST = 1000;

/**
 * Time of a query as a fixed part and a part that grows with the work: ms = fixed + perUnit · work, where
 * work is tokens read, or pairs where tokens are not counted; least squares, both parts at least 0.
 */
export interface LatencyModel {
  readonly fixedMs: number;
  readonly perUnitMs: number;
  readonly unit: "token" | "pair";
  /** p95 over the measured queries, in milliseconds, had each had `depth` candidates; grows with `depth`. */
  p95At(depth: number): number;
  /** Largest depth, at most 1000, whose p95 does not pass `budgetMs`; 0 where none fits. */
  largestDepth(budgetMs: number): number;
}

interface TimedQuery {
  readonly ms: number;
  readonly work: number;
  /** Share of the work that the first n candidates make up, at [n]. */
  readonly shares: readonly number[];
}

/** @param queries each with at least one candidate and an outcome that a model was run for; at least one */
export function latencyModel(queries: readonly ExaminedQuery[]): LatencyModel {
  const unit = queries.every(({ outcome }) => outcome!.tokens > 0) ? "token" : "pair";
  const timed = queries.map((query) => timedQuery(query, unit));
  const { fixedMs, perUnitMs } = fitWork(timed);
  const p95At = (depth: number) =>
    quantile(
      timed.map((query) => {
        // A query slower than the model says is so at every depth, in proportion.
        const modelled = fixedMs + perUnitMs * query.work;
        const then = fixedMs + perUnitMs * query.work * shareAt(query, depth);
        return modelled > 0 ? (query.ms * then) / modelled : query.ms;
      }),
      0.95,
    );
  const largestDepth = (budgetMs: number) => {
    let fits = 0;
    let tooDeep = DEEPEST + 1;
    while (tooDeep - fits > 1) {
      const depth = Math.floor((fits + tooDeep) / 2);
      if (p95At(depth) <= budgetMs) fits = depth;
      else tooDeep = depth;
    }
    return fits;
  };
  return { fixedMs, perUnitMs, unit, p95At, largestDepth };
}

function timedQuery({ ids, outcome }: ExaminedQuery, unit: "token" | "pair"): TimedQuery {
  const { ms, pairs, tokens, tokensSeen } = outcome!;
  const counted = unit === "token" && tokensSeen?.some((seen) => seen > 0) ? tokensSeen : undefined;
  const sizes = counted ?? ids.map(() => 1);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const shares = [0];
  for (const size of sizes) shares.push(shares.at(-1)! + size / total);
  return { ms, work: unit === "token" ? tokens : pairs, shares };
}

/** Beyond the measured candidates: as much per candidate as they took on average. */
function shareAt({ shares }: TimedQuery, depth: number): number {
  return shares[depth] ?? depth / (shares.length - 1);
}

function fitWork(timed: readonly TimedQuery[]): { readonly fixedMs: number; readonly perUnitMs: number } {
  const n = timed.length;
  const x = timed.reduce((sum, { work }) => sum + work, 0) / n;
  const y = timed.reduce((sum, { ms }) => sum + ms, 0) / n;
  let xy = 0;
  let xx = 0;
  for (const { work, ms } of timed) {
    xy += (work - x) * (ms - y);
    xx += (work - x) ** 2;
  }
  const slope = xx > 0 ? xy / xx : 0;
  const fixed = y - slope * x;
  // Too little variation, or noise larger than it: all of the time is put down to the work.
  if (slope <= 0 || fixed < 0) return { fixedMs: 0, perUnitMs: y / x };
  return { fixedMs: fixed, perUnitMs: slope };
}
