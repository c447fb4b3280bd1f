import { inParallel } from "../../llm/calls/index.js";
import { consequenceOf } from "../../llm/calls/stopped.js";
import type { OrderedPreference, Preference } from "../../types/index.js";
import type { CutDocuments, JudgeAnswer } from "./judge-question.js";

/** What is left of a question that may have failed; probability and cut are those of a and b. */
interface Attempt extends OrderedPreference {
  readonly cut: CutDocuments;
  /** Where time or money ran out. */
  readonly stopped?: unknown;
  readonly answered: boolean;
}

/**
 * A preference from asking in both orders at once. A call that failed is a failure of its order. So is one for which no time or
 * money was left, as long as the other order was answered: what that took must be told.
 *
 * @throws RankwrightError BUDGET_EXCEEDED, DEADLINE_EXCEEDED, and what ends everything, such as a wrong key
 */
export async function askBothOrders(
  ask: (shown: "a first" | "b first") => Promise<JudgeAnswer>,
): Promise<Omit<Preference, "usage">> {
  const attempts = await inParallel(["a first", "b first"] as const, (shown) => attempt(shown, ask));
  const [aFirst, bFirst] = attempts as [Attempt, Attempt];
  const stopped = aFirst.stopped ?? bFirst.stopped;
  if (stopped !== undefined && !aFirst.answered && !bFirst.answered) throw stopped;
  const [p, q] = [aFirst.probability, bFirst.probability];
  return {
    probability: p === undefined || q === undefined ? undefined : (p + q) / 2,
    orders: [orderOf(aFirst), orderOf(bFirst)],
    truncated: [aFirst.cut[0] || bFirst.cut[0], aFirst.cut[1] || bFirst.cut[1]],
  };
}

async function attempt(
  shown: "a first" | "b first",
  ask: (shown: "a first" | "b first") => Promise<JudgeAnswer>,
): Promise<Attempt> {
  try {
    const { probability, class: answerClass, cut } = await ask(shown);
    if (probability === undefined) return { probability, failure: answerClass, cut, answered: true };
    if (shown === "a first") return { probability, cut, answered: true };
    return { probability: 1 - probability, cut: [cut[1], cut[0]], answered: true };
  } catch (error) {
    const consequence = consequenceOf(error);
    if (consequence.kind === "throw") throw error;
    const failed = { probability: undefined, cut: [false, false], answered: false } as const;
    if (consequence.kind === "miss") return { ...failed, failure: consequence.code };
    return { ...failed, failure: STOP_CODES[consequence.reason], stopped: error };
  }
}

/** What an order's `failure` says where no call was made for want of time or money. */
export const STOP_CODES = {
  deadline: "DEADLINE_EXCEEDED",
  budget: "BUDGET_EXCEEDED",
  outage: "REMOTE_UNAVAILABLE",
} as const;

function orderOf({ probability, failure }: Attempt): OrderedPreference {
  return { probability, ...(failure !== undefined && { failure }) };
}
