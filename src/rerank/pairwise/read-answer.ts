import type { ChatAnswer } from "../../llm/chat-model.js";
import { type AnswerClass, labelLogprobs, parseJudgment, parseLabel } from "../../llm/parsing/index.js";
import type { PromptTemplate } from "../../llm/prompts/index.js";

/** What an answer says of the two documents of its prompt. */
export interface ReadPreference {
  /** p(the first is more relevant); absent where the answer is of no use. */
  readonly probability?: number | undefined;
  readonly class: AnswerClass;
  /** What the probability was read from. */
  readonly source?: "logprobs" | "verdict" | "score" | undefined;
}

const LABELS = ["A", "B"];

/**
 * Reads a preference off the answer to a `pairwise` prompt, from log probabilities where there are any and else from the label
 * itself, or to a `judge` prompt, from its score.
 */
export function readAnswer(answer: ChatAnswer, { kind }: Pick<PromptTemplate, "kind">): ReadPreference {
  if (kind === "judge") {
    const { score, class: answerClass } = parseJudgment(answer);
    if (score === undefined) return { class: answerClass };
    return { probability: (1 - score) / 2, class: answerClass, source: "score" };
  }
  const { position, class: answerClass } = parseLabel(answer, LABELS);
  if (position === undefined) return { class: answerClass };
  // Among other words the first "A" may be an article.
  const soft = answerClass === "ok" ? probabilityOfFirst(answer) : undefined;
  if (soft !== undefined) return { probability: soft, class: answerClass, source: "logprobs" };
  return { probability: position === 0 ? 1 : 0, class: answerClass, source: "verdict" };
}

/** p(A) against p(B); a label that is not among the alternatives has what the least of them has. */
function probabilityOfFirst({ logprobs }: ChatAnswer): number | undefined {
  const found = logprobs && labelLogprobs(logprobs, LABELS);
  if (!found) return undefined;
  const [a, b] = Array.from(found.values, (value) => Math.max(value, found.bound)) as [number, number];
  return 1 / (1 + Math.exp(b - a));
}
