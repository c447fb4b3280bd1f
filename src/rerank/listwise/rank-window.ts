import { labelLogprobs, parseRanking } from "../../llm/parsing/index.js";
import { identifierOf, LETTERS } from "../../llm/prompts/index.js";
import { RankwrightError } from "../../types/index.js";
import type { RankingRun } from "./ranking-run.js";

/** How the order of a window is read off an answer: its text, or the log probabilities of its first identifier. */
export type Reading = "text" | "logprobs";
export const READINGS: readonly Reading[] = ["text", "logprobs"];

/** The most alternatives of a token that servers give. */
export const MOST_LOGPROBS = 20;
/** The most documents that letters can name. */
export const MOST_LETTERS = LETTERS.length;
/** `[` and the identifier, and something to spare for servers that begin with a space. */
const LOGPROB_TOKENS = 4;

/**
 * Asks for the order of some documents, best first. Undefined where the answer is of no use.
 */
export async function rankWindow(
  run: RankingRun,
  positions: readonly number[],
  reading: Reading = "text",
): Promise<readonly number[] | undefined> {
  if (positions.length < 2) return positions;
  const logprobs = reading === "logprobs";
  const answer = await run.ask({
    positions,
    ...(logprobs && { topLogprobs: MOST_LOGPROBS, answerTokens: LOGPROB_TOKENS }),
  });
  if (!answer) return undefined;
  const { identifiers } = run.template;
  if (logprobs) {
    if (!answer.logprobs) throw noLogprobs();
    const labels = positions.map((_, index) => identifierOf(identifiers, index));
    const found = labelLogprobs(answer.logprobs, labels);
    run.note(found ? "ok" : "wrong_format", found !== undefined);
    if (!found) return undefined;
    const { values } = found;
    // Identifiers beyond the alternatives share the lowest place and keep their order.
    const order = positions.map((_, index) => index).sort((a, b) => compare(values[b]!, values[a]!));
    return order.map((index) => positions[index]!);
  }
  const ranking = parseRanking(answer, positions.length, { identifiers });
  run.note(ranking.class, ranking.named > 0);
  return ranking.named === 0 ? undefined : ranking.order.map((index) => positions[index]!);
}

/** −∞ less −∞ is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

export function noLogprobs(): RankwrightError {
  return new RankwrightError(
    "LOGPROBS_MISSING",
    'The server gave no log probabilities, which reading "logprobs" needs; use "text", or a server that gives them.',
    { field: "reading", value: "logprobs" },
  );
}
