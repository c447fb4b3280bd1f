import type { JudgingOutcome } from "../../rerank/pairwise/index.js";
import { type ErrorCode, RankwrightError, type Warning } from "../../types/index.js";
import { amountText } from "./format-estimate.js";

/** Why questions are left that the same command could ask; undefined where none is. */
export function incompleteError(
  outcome: JudgingOutcome,
  budget: number | undefined,
): RankwrightError | undefined {
  const { done, total, stopped, out, failures } = outcome;
  if (stopped === "budget") {
    const message = `the budget of ${amountText(budget)} ended judging after ${done} of ${total} questions; raise --budget and run the same command to go on`;
    return new RankwrightError("BUDGET_EXCEEDED", message, { field: "budget", value: budget });
  }
  const [given] = out;
  if (given) {
    const { code, message } = given.error as RankwrightError;
    return new RankwrightError(
      code,
      `judge ${given.judge} failed ten times in a row and was given up (${message}); run the same command to go on`,
      { cause: given.error },
    );
  }
  const [most] = Object.entries(failures)
    .filter(([code]) => code !== "CONTEXT_EXCEEDED")
    .sort(([, a], [, b]) => b - a);
  if (most === undefined) return undefined;
  const counts = Object.entries(failures).map(([code, count]) => `${count} ${code}`);
  const message = `${outcome.failed} of ${total} questions got no answer (${counts.join(", ")}); run the same command to ask them again`;
  return new RankwrightError(most[0] as ErrorCode, message);
}

/** What no repetition mends. */
export function tooLongWarning({ failures }: JudgingOutcome): Warning | undefined {
  const count = failures.CONTEXT_EXCEEDED;
  if (count === undefined) return undefined;
  const message = `${count} questions do not fit their model's context and were not asked; give the judge fewer documentWords, or its true contextTokens`;
  return { code: "comparisons_missing", message };
}
