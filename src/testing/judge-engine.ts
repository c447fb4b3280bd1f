import { draftText } from "./answer/draft.js";
import { draftAnswer } from "./answer/draft-answer.js";
import { speak } from "./answer/malform.js";
import { drawsFor } from "./answer/noise.js";
import { type AnswerToken, countTokens, tokensOf } from "./answer/tokens.js";
import { checkJudges, checkTruth } from "./check-options.js";
import { contextExceeded, notUnderstood, OpenAiError, unknownModel } from "./openai-error.js";
import type { QuestionKind } from "./recognise/question.js";
import { createRecogniser, type Prompt, type Recogniser } from "./recognise/recognise.js";
import type { MalformedClass, SimulatedJudge } from "./simulated-judge.js";
import { type Truth, type TruthFunction, truthFunction } from "./truth.js";

export interface JudgeEngineOptions {
  readonly truth: Truth;
  /** By the name of the model. Default: one called `judge`. */
  readonly judges?: Readonly<Record<string, SimulatedJudge>> | undefined;
  /** Other seeds have other noise. Default: 1. */
  readonly seed?: number | undefined;
  /** Default: by the known texts and the labels before them. */
  readonly recognise?: Recogniser | undefined;
}

/** What a chat completion is asked for. */
export interface Asked extends Prompt {
  readonly model: string;
  readonly seed?: number | undefined;
  readonly maxTokens?: number | undefined;
  readonly stop?: readonly string[] | undefined;
  readonly logprobs: boolean;
}

export interface Completion {
  readonly kind: QuestionKind;
  readonly text: string;
  readonly finish: "stop" | "length" | "content_filter";
  readonly refusal?: string | undefined;
  readonly malformed?: MalformedClass | undefined;
  /** Absent where they were not asked for, or the judge has none. */
  readonly tokens?: readonly AnswerToken[] | undefined;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** Whether the answer tells its tokens. */
  readonly usage: boolean;
}

/** As much as chat templates add. */
const MESSAGE_TOKENS = 4;

/** Answers prompts as judges do that know the truth and see it more or less well. */
export class JudgeEngine {
  readonly models: readonly string[];
  readonly #truth: TruthFunction;
  readonly #judges: Readonly<Record<string, SimulatedJudge>>;
  readonly #seed: number;
  readonly #recognise: Recogniser;

  /** @throws RankwrightError INVALID_OPTION */
  constructor({ truth, judges = { judge: {} }, seed = 1, recognise }: JudgeEngineOptions) {
    checkTruth(truth);
    checkJudges(judges);
    this.#truth = truthFunction(truth);
    this.#judges = judges;
    this.models = Object.keys(judges);
    this.#seed = seed;
    this.#recognise = recognise ?? createRecogniser(this.#truth);
  }

  /** The same messages, seed and model always get the same answer. @throws OpenAiError */
  answer(asked: Asked): Completion {
    const { model, messages, maxTokens, stop = [], seed } = asked;
    const judge = Object.hasOwn(this.#judges, model) ? this.#judges[model] : undefined;
    if (!judge) throw unknownModel(model);
    const promptTokens = messages.reduce(
      (sum, { content }) => sum + MESSAGE_TOKENS + countTokens(content),
      0,
    );
    const { contextTokens = Number.POSITIVE_INFINITY, logprobs = true } = judge;
    if (promptTokens + (maxTokens ?? 1) > contextTokens) {
      throw contextExceeded(contextTokens, promptTokens, maxTokens ?? 0);
    }
    if (asked.logprobs && logprobs === "refused") {
      throw new OpenAiError(400, `Unsupported parameter: 'logprobs' is not supported with this model.`, {
        code: "unsupported_parameter",
        param: "logprobs",
      });
    }
    const question = this.#recognise(asked);
    if (!question) throw notUnderstood();

    const draws = drawsFor(this.#seed, model, messages, seed ?? 0);
    const spoken = speak(draftAnswer(question, judge, this.#truth, draws), question, judge, draws);
    const { text, tokens, cut } = shortened(draftText(spoken.draft), tokensOf(spoken.draft), maxTokens, stop);
    return {
      kind: question.kind,
      text,
      finish: cut ? "length" : spoken.finish,
      refusal: spoken.refusal,
      malformed: spoken.malformed,
      tokens: asked.logprobs && logprobs === true ? tokens : undefined,
      promptTokens,
      completionTokens: tokens.length + countTokens(spoken.refusal ?? ""),
      usage: judge.usage ?? true,
    };
  }
}

/** What is left of an answer that may not hold more tokens, or ends at certain texts. */
function shortened(
  text: string,
  tokens: readonly AnswerToken[],
  maxTokens = Number.POSITIVE_INFINITY,
  stop: readonly string[],
) {
  const ends = stop.map((end) => text.indexOf(end)).filter((at) => at >= 0);
  const end = Math.min(text.length, ...ends);
  const kept: AnswerToken[] = [];
  let length = 0;
  for (const token of tokens) {
    if (length >= end) break;
    if (kept.length === maxTokens) return { text: text.slice(0, length), tokens: kept, cut: true };
    kept.push(token);
    length += token.token.length;
  }
  return { text: text.slice(0, Math.min(end, length)), tokens: kept, cut: false };
}
