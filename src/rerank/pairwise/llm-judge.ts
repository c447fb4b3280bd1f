import { CallTotals } from "../../llm/calls/call-totals.js";
import { checkPromptOptions, type PromptOptions } from "../../llm/calls/index.js";
import type { ChatModel, ChatOptions } from "../../llm/chat-model.js";
import { LEAST_WORDS } from "../../llm/prompts/fit-prompt.js";
import type { PromptTemplate } from "../../llm/prompts/index.js";
import { type Judge, RankwrightError } from "../../types/index.js";
import { templateFor } from "../listwise/llm-reranker.js";
import { askBothOrders } from "./both-orders.js";
import type { JudgeAnswer, JudgeQuestion, JudgeRequest } from "./judge-question.js";
import { type JudgeSettings, judgeRequest, templateOf, wordsOf } from "./judge-request.js";
import { readAnswer } from "./read-answer.js";

export interface LlmJudgeOptions extends Omit<PromptOptions, "concurrency"> {
  /** Names the judge in journals and reports. Default: the model's id. */
  readonly id?: string | undefined;
  /** Name of a built-in prompt, or a template, of kind `pairwise` or `judge`. Default: `prp`. */
  readonly prompt?: string | PromptTemplate | undefined;
  /** Of kind `cross`, for documents that are judged each for a query of its own. Default: `cross`. */
  readonly crossPrompt?: string | PromptTemplate | undefined;
  /** Whether to ask for log probabilities of the two labels, which tell more than a verdict. Default: true. */
  readonly logprobs?: boolean | undefined;
  /** What else the judge should know, where a request has no instruction of its own. */
  readonly instruction?: string | undefined;
}

/** A judge that asks a chat model. */
export interface LlmJudge extends Judge {
  readonly model: ChatModel;
  /** What asking would send; the same question always makes the same request. @throws RankwrightError CONTEXT_EXCEEDED */
  request(question: JudgeQuestion): JudgeRequest;
  /**
   * Asks in the given order alone. Where the server calls the prompt too long, once more with half of each document, and
   * so on three times.
   *
   * @throws what `ChatModel.chat` throws
   */
  ask(question: JudgeQuestion, options?: ChatOptions): Promise<JudgeAnswer>;
}

const SHRINKS = 3;

/**
 * A judge that shows a chat model two documents in both orders and reads its preference: from log probabilities of the
 * labels where the server gives them, from the label itself, or from a score.
 *
 * @throws RankwrightError INVALID_PROMPT, INVALID_OPTION
 */
export function llmJudge(model: ChatModel, options: LlmJudgeOptions = {}): LlmJudge {
  checkPromptOptions(options);
  const { id = model.id, prompt = "prp", crossPrompt = "cross", logprobs = true, ...others } = options;
  const settings: JudgeSettings = {
    ...others,
    ...{ model, logprobs },
    template: templateFor(prompt, ["pairwise", "judge"], "llmJudge"),
    crossTemplate: templateFor(crossPrompt, ["cross"], "llmJudge"),
  };

  async function ask(
    question: JudgeQuestion,
    chatOptions: ChatOptions,
    totals?: CallTotals,
  ): Promise<JudgeAnswer> {
    let words = wordsOf(settings, question);
    for (let shrinks = 0; ; shrinks++) {
      const { chat: request, cut } = judgeRequest(settings, question, words);
      try {
        const chat = await model.chat(request, chatOptions);
        totals?.answered(chat);
        return { ...readAnswer(chat, templateOf(settings, question)), chat, cut };
      } catch (error) {
        totals?.failed(error);
        const tooLong = RankwrightError.isInstance(error) && error.code === "CONTEXT_EXCEEDED";
        if (!tooLong || shrinks === SHRINKS || words <= LEAST_WORDS) throw error;
        words = Math.max(LEAST_WORDS, words >> 1);
      }
    }
  }

  return {
    id,
    model,
    ask: (question, chatOptions = {}) => ask(question, chatOptions),
    request: (question) => judgeRequest(settings, question, wordsOf(settings, question)),
    async prefer(query, a, b, { instruction, ...chatOptions } = {}) {
      const totals = new CallTotals();
      const preference = await askBothOrders((shown) => {
        const [first, second] = shown === "a first" ? [a, b] : [b, a];
        return ask({ query, first, second, instruction }, chatOptions, totals);
      });
      return { ...preference, usage: totals.usage };
    },
  };
}
