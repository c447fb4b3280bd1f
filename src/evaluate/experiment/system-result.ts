import type { MeasuredRun } from "../measures/measure-run.js";
import type { Run } from "../runs/run.js";
import { quantile } from "../statistics/quantile.js";
import type { QueryOutcome } from "./query-outcome.js";

/** One row of an evaluation. */
export interface SystemResult {
  readonly name: string;
  readonly kind: "first stage" | "random" | "model";
  readonly measured: MeasuredRun;
  /** What was measured; absent for random order, which is a mean over many. */
  readonly run?: Run | undefined;
  /** Of models: how they came to their scores. */
  readonly work?: SystemWork | undefined;
}

/** What it took a reranker to answer all queries. */
export interface SystemWork {
  readonly outcomes: readonly QueryOutcome[];
  /** Wall-clock milliseconds of one query. */
  readonly latency: { readonly mean: number; readonly p50: number; readonly p95: number };
  /** Means per query. */
  readonly pairs: number;
  readonly tokens: number;
  /** Share of the candidates of which tokens were cut; absent where the model does not count tokens. */
  readonly truncated?: number | undefined;
}

/** @param outcomes at least one */
export function workOf(outcomes: readonly QueryOutcome[]): SystemWork {
  const mean = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0) / values.length;
  const times = outcomes.map(({ ms }) => ms);
  let candidates = 0;
  let cut = 0;
  let counted = true;
  for (const { ids, tokensSeen, tokensTotal } of outcomes) {
    counted &&= tokensSeen !== undefined && tokensTotal !== undefined;
    candidates += ids.length;
    cut += ids.filter((_, i) => (tokensSeen?.[i] ?? 0) < (tokensTotal?.[i] ?? 0)).length;
  }
  return {
    outcomes,
    latency: { mean: mean(times), p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
    pairs: mean(outcomes.map(({ pairs }) => pairs)),
    tokens: mean(outcomes.map(({ tokens }) => tokens)),
    ...(counted && { truncated: cut / candidates }),
  };
}
