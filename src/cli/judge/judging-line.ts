import type { JudgingProgress } from "../../rerank/pairwise/index.js";
import { duration } from "../terminal/duration.js";
import { amountText } from "./format-estimate.js";

export interface JudgingNow extends JudgingProgress {
  /** Of the whole journal; undefined where it is unknown. */
  readonly cost: number | undefined;
  readonly budget: number | undefined;
  readonly elapsedMs: number;
}

/** How far judging is, in one line. */
export function judgingLine(now: JudgingNow): string {
  const { done, total, known, failed, cost, budget, elapsedMs } = now;
  const share = total === 0 ? 100 : Math.floor((100 * done) / total);
  const asked = done - known;
  const left = asked === 0 ? undefined : ((total - done) * elapsedMs) / asked / 1000;
  return [
    `judging ${done} of ${total} (${share} %)`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    `cost ${amountText(cost)}${budget === undefined ? "" : ` of ${amountText(budget)}`}`,
    ...(left === undefined || done === total ? [] : [`${duration(left)} left`]),
  ].join(" · ");
}
