import type { PromptOptions } from "../../llm/calls/index.js";
import type { ChatModel } from "../../llm/chat-model.js";
import { JUDGMENT_SCHEMA } from "../../llm/parsing/index.js";
import { type FittedPrompt, fitPrompt, listTokens, type PromptTemplate } from "../../llm/prompts/index.js";
import type { JudgeQuestion, JudgeRequest } from "./judge-question.js";

/** What a judge makes its requests with. */
export interface JudgeSettings extends PromptOptions {
  readonly model: ChatModel;
  /** For two documents of one query. */
  readonly template: PromptTemplate;
  /** For two documents of two queries. */
  readonly crossTemplate: PromptTemplate;
  readonly logprobs: boolean;
  readonly instruction?: string | undefined;
}

/** As many as servers give. */
const TOP_LOGPROBS = 20;
/** For models that think before they answer. */
const ANSWER_TOKENS = 4096;

export function templateOf(settings: JudgeSettings, { queryOfSecond }: JudgeQuestion): PromptTemplate {
  return queryOfSecond === undefined ? settings.template : settings.crossTemplate;
}

/** Words of a document that a prompt shows at most, before anything makes them fewer. */
export function wordsOf(settings: JudgeSettings, question: JudgeQuestion): number {
  return settings.documentWords ?? templateOf(settings, question).words;
}

/** The request that asks a question. @throws RankwrightError CONTEXT_EXCEEDED */
export function judgeRequest(settings: JudgeSettings, question: JudgeQuestion, words: number): JudgeRequest {
  const { model, temperature = 0, seed, logprobs, countTokens } = settings;
  const { query, queryOfSecond, first, second, instruction = settings.instruction } = question;
  const template = templateOf(settings, question);
  const { contextTokens } = model;
  const answerTokens = settings.answerTokens ?? template.answerTokens;
  const prompt = fitPrompt(
    template,
    {
      query,
      documents: [first, second],
      instruction,
      ...(queryOfSecond !== undefined && { queries: [query, queryOfSecond] }),
    },
    { words, contextTokens, answerTokens, countTokens },
  );
  return {
    chat: {
      messages: prompt.messages,
      temperature,
      maxTokens: answerTokens ?? roomFor(prompt, contextTokens),
      ...(seed !== undefined && { seed }),
      ...(template.kind === "judge" && { schema: JUDGMENT_SCHEMA }),
      ...(template.kind !== "judge" && logprobs && { topLogprobs: TOP_LOGPROBS }),
    },
    promptTokens: prompt.tokens,
    cut: [prompt.cut.includes(0), prompt.cut.includes(1)],
  };
}

function roomFor({ tokens }: FittedPrompt, contextTokens = Number.POSITIVE_INFINITY): number {
  return Math.min(ANSWER_TOKENS, Math.max(contextTokens - tokens, listTokens(2)));
}
