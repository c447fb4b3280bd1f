import {
  checkPromptOptions,
  inParallel,
  type PromptOptions,
  PromptSession,
  Stopped,
  type StopReason,
} from "../llm/calls/index.js";
import type { ChatAnswer, ChatModel } from "../llm/chat-model.js";
import { labelLogprobs, parseLabel } from "../llm/parsing/index.js";
import type { PromptTemplate } from "../llm/prompts/index.js";
import {
  type Pair,
  RankwrightError,
  type ScoreOptions,
  type ScoreResult,
  type Scorer,
  type Warning,
} from "../types/index.js";
import { expectedLabel, isBinary, verdictValue } from "./expected-label.js";
import { checkChoice } from "./listwise/check-choice.js";
import { templateFor } from "./listwise/llm-reranker.js";
import { MOST_LOGPROBS } from "./listwise/rank-window.js";

export interface TokenLogitOptions extends PromptOptions {
  /** Name of a built-in prompt of kind `relevance`, or a template. Default: `yes-no`. */
  readonly prompt?: string | PromptTemplate | undefined;
  /** For prompts that take one; that of a request comes first. */
  readonly instruction?: string | undefined;
  /**
   * Where the server gives no log probabilities: `verdict` (default) scores by the label that the answer gives, with a
   * warning; `error` throws LOGPROBS_MISSING.
   */
  readonly withoutLogprobs?: "verdict" | "error" | undefined;
}

/**
 * Scores documents by the probability with which a chat model says that they are relevant: p(yes) / (p(yes) + p(no)), or
 * the expected grade Σ p·grade of a graded prompt (2310.14122), from the log probabilities of the first token of the
 * answer that is a label. One call a pair. Make a reranker of it with `pointwise`.
 *
 * A pair without a usable answer has no score, and the warning `unjudged` names it. A budget or a server that is down
 * leaves the remaining pairs without one, with the warning `budget` or `outage`.
 *
 * @throws RankwrightError INVALID_OPTION, INVALID_PROMPT; `score` throws ABORTED, REMOTE_UNAUTHORIZED, REMOTE_NOT_FOUND,
 * LOGPROBS_MISSING, and the first error of a call where no call at all was answered
 */
export function tokenLogitScorer(model: ChatModel, options: TokenLogitOptions = {}): Scorer {
  const { prompt = "yes-no", withoutLogprobs = "verdict" } = options;
  const template = templateFor(prompt, ["relevance"], "tokenLogitScorer");
  checkPromptOptions(options);
  checkChoice("withoutLogprobs", withoutLogprobs, ["verdict", "error"]);
  const { labels } = template;
  const texts = labels.map(({ text }) => text);

  /** The score that an answer gives. */
  function read(answer: ChatAnswer, session: PromptSession, onVerdict: () => void): number | undefined {
    const found = answer.logprobs && labelLogprobs(answer.logprobs, texts);
    if (found) {
      session.note("ok", true);
      return expectedLabel(found, labels);
    }
    if (!answer.logprobs && withoutLogprobs === "error") throw logprobsMissing();
    const { position, class: answerClass } = parseLabel(answer, texts);
    session.note(answerClass, position !== undefined);
    if (position === undefined) return undefined;
    onVerdict();
    return verdictValue(labels[position]!, labels);
  }

  async function score(pairs: readonly Pair[], scoreOptions: ScoreOptions = {}): Promise<ScoreResult> {
    const { instruction = options.instruction, signal, deadline, onProgress } = scoreOptions;
    const documents = pairs.map(({ document }) => document);
    const session = new PromptSession({ model, template, documents, options, instruction, signal, deadline });
    const scores = new Float64Array(pairs.length);
    const unscored = new Set(pairs.keys());
    const unjudged: number[] = [];
    const verdicts: number[] = [];
    let done = 0;
    const work = inParallel(pairs, async ({ query }, pair) => {
      const answer = await session.ask({ query, positions: [pair], topLogprobs: MOST_LOGPROBS });
      const value = answer && read(answer, session, () => verdicts.push(pair));
      if (value === undefined) {
        unjudged.push(pair);
      } else {
        scores[pair] = value;
        unscored.delete(pair);
      }
      onProgress?.(++done, pairs.length);
    });
    let stop: StopReason | undefined;
    try {
      await work;
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      stop = error.reason;
    } finally {
      session.end();
    }
    session.throwIfNothingAnswered(stop);
    const unusable = {
      code: "unjudged",
      effect: "their documents have no score",
      positions: unjudged,
    } as const;
    return {
      scores,
      ...(unscored.size > 0 && { unscored: [...unscored] }),
      remote: session.usage,
      warnings: [
        // A deadline is the caller's own, who says so better.
        ...session.receipt.warnings(unusable, stop).filter(({ code }) => code !== "deadline"),
        ...verdictWarning(verdicts, pairs.length),
      ],
    };
  }

  return {
    id: `${model.id} (${template.name})`,
    scoreScale: isBinary(labels) ? "probability" : "similarity",
    maxTokens: model.contextTokens ?? Number.POSITIVE_INFINITY,
    score,
    async close() {},
  };
}

function verdictWarning(verdicts: readonly number[], total: number): Warning[] {
  if (verdicts.length === 0) return [];
  const message = `${verdicts.length} of ${total} answers came without log probabilities; their scores are bare verdicts, and many are equal.`;
  return [{ code: "logprobs_missing", message, documents: verdicts.toSorted((a, b) => a - b) }];
}

function logprobsMissing(): RankwrightError {
  return new RankwrightError(
    "LOGPROBS_MISSING",
    'The server gave no log probabilities; use one that does, or withoutLogprobs: "verdict".',
    { field: "withoutLogprobs", value: "error" },
  );
}
