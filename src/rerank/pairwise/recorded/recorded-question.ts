import { type JudgmentKey, requestHash } from "../../../llm/journal/index.js";
import type { JudgeQuestion } from "../judge-question.js";
import type { LlmJudge } from "../llm-judge.js";
import type { PairQuestion } from "./pair-question.js";

/** Which document a judge is shown first. */
export type Order = JudgmentKey["order"];

export const ORDERS: readonly Order[] = ["ab", "ba"];

/** A pair in one order, as a judge is asked. */
export function orderedQuestion({ a, b }: PairQuestion, order: Order): JudgeQuestion {
  const [first, second] = order === "ab" ? [a, b] : [b, a];
  return {
    query: first.query.text,
    ...(first.query.id !== second.query.id && { queryOfSecond: second.query.text }),
    first: first.document,
    second: second.document,
  };
}

/** What a journal calls a question. @throws RankwrightError CONTEXT_EXCEEDED */
export function judgmentKey(judge: LlmJudge, question: PairQuestion, order: Order): JudgmentKey {
  const { a, b } = question;
  const { chat } = judge.request(orderedQuestion(question, order));
  return {
    hash: requestHash(judge.model.id, chat),
    judge: judge.id,
    query: a.query.id === b.query.id ? a.query.id : [a.query.id, b.query.id],
    documents: [a.document.id, b.document.id],
    order,
  };
}
