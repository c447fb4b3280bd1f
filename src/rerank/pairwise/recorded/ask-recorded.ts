import type { Judgment, JudgmentJournal, JudgmentKey } from "../../../llm/journal/index.js";
import type { JudgeAnswer } from "../judge-question.js";
import type { LlmJudge } from "../llm-judge.js";
import type { PairQuestion } from "./pair-question.js";
import { judgmentKey, type Order, orderedQuestion } from "./recorded-question.js";

/** How an answer came about. */
export type Provenance = "asked" | "known" | "copied";

/** Prompts that are being asked at this moment, by judge and prompt. */
export type UnderWay = Map<string, Promise<unknown>>;

/**
 * The answer to a question, out of the journal where it has one, and else from the judge, and then in the journal before
 * this resolves.
 *
 * @throws RankwrightError what `LlmJudge.ask` and the journal throw
 */
export async function askRecorded(
  judge: LlmJudge,
  journal: JudgmentJournal,
  question: PairQuestion,
  order: Order,
  underWay: UnderWay,
): Promise<Provenance> {
  const key = judgmentKey(judge, question, order);
  const prompt = `${key.hash} ${judge.id}`;
  // The same prompt under other ids may be on its way.
  for (let other = underWay.get(prompt); other; other = underWay.get(prompt)) {
    await other.catch(() => undefined);
  }
  const known = journal.find(key);
  if (known?.recorded) return "known";
  if (known) {
    await journal.add(copyOf(key, judge.model.id, known.preference));
    return "copied";
  }
  const asking = judge
    .ask(orderedQuestion(question, order))
    .then((answer) => journal.add(judgmentOf(key, answer)));
  underWay.set(prompt, asking);
  try {
    await asking;
  } finally {
    underWay.delete(prompt);
  }
  return "asked";
}

function judgmentOf(
  key: JudgmentKey,
  { probability, class: answerClass, source, chat }: JudgeAnswer,
): Judgment {
  const { model, text, refusal, usage, cost, latencyMs, attempts, unaccounted } = chat;
  return {
    ...key,
    model,
    answer: text || (refusal ?? ""),
    preference: probability === undefined ? null : key.order === "ab" ? probability : 1 - probability,
    ...(probability === undefined && { failure: answerClass }),
    source,
    promptTokens: usage?.promptTokens,
    completionTokens: usage?.completionTokens,
    cost,
    latencyMs: Math.round(latencyMs * 1000) / 1000,
    ...(attempts > 1 && { attempts }),
    ...(unaccounted && { unaccounted }),
    time: new Date().toISOString(),
  };
}

/** The answer itself stands in the line that has the same hash. */
function copyOf(key: JudgmentKey, model: string, preference: number | null): Judgment {
  const time = new Date().toISOString();
  return { ...key, model, answer: "", preference, latencyMs: 0, time, copied: true };
}
