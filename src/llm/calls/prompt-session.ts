import { setMaxListeners } from "node:events";
import type { Document, RemoteUsage } from "../../types/index.js";
import type { ChatAnswer, ChatModel, ChatRequest } from "../chat-model.js";
import { type AnswerClass, JUDGMENT_SCHEMA } from "../parsing/index.js";
import type { CountTokens } from "../prompts/estimate-tokens.js";
import { type FittedPrompt, fitPrompt, LEAST_WORDS, listTokens } from "../prompts/fit-prompt.js";
import type { PromptTemplate } from "../prompts/template.js";
import { beforeDeadline } from "./before-deadline.js";
import { CallTotals } from "./call-totals.js";
import { PromptReceipt } from "./prompt-receipt.js";
import { Slots } from "./slots.js";
import { consequenceOf, Stopped, type StopReason } from "./stopped.js";

/** How prompts are made and sent; every reranker and scorer that asks a chat model takes these. */
export interface PromptOptions {
  /** Words of a document that a prompt shows at most. Default: what the template says. */
  readonly documentWords?: number | undefined;
  /** Longest answer in tokens, thoughts included. Default: what the template says, else 4096. */
  readonly answerTokens?: number | undefined;
  /** Default: 0. */
  readonly temperature?: number | undefined;
  /** Of shuffles, where a method has some (default: 1); servers that draw answers by chance get it where it is given. */
  readonly seed?: number | undefined;
  /** Counts tokens where prompts must fit `contextTokens` of the model. Default: an estimate on the safe side. */
  readonly countTokens?: CountTokens | undefined;
  /** Calls of one request that may be under way at once. Default: 8. */
  readonly concurrency?: number | undefined;
}

/** What the calls of one session are about. */
export interface SessionInput {
  readonly model: ChatModel;
  readonly template: PromptTemplate;
  readonly documents: readonly Document[];
  readonly options: PromptOptions;
  readonly instruction?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** `performance.now()` value after which no answer counts. */
  readonly deadline?: number | undefined;
}

/** One question of a session. */
export interface Question {
  readonly query: string;
  /** Positions in the session's documents, in the order in which the prompt shows them. */
  readonly positions: readonly number[];
  readonly pick?: number | undefined;
  readonly topLogprobs?: number | undefined;
  /** Longest answer, where the options do not say. */
  readonly answerTokens?: number | undefined;
}

const DEFAULT_ANSWER_TOKENS = 4096;
const DEFAULT_CONCURRENCY = 8;
/** How often a prompt that a server calls too long is halved. */
const SHRINKS = 3;
/** Calls that fail one after the other before no more are made: a server that is down should not be asked for ever. */
const FAILURES = 3;

/**
 * The calls of one request: makes prompts that fit, shrinks and repeats those that a server calls too long, sums what
 * they use, and keeps to the deadline even where the model does not.
 */
export class PromptSession {
  readonly receipt: PromptReceipt;
  readonly #input: SessionInput;
  readonly #totals = new CallTotals();
  readonly #cancel = new AbortController();
  readonly #signal: AbortSignal;
  readonly #slots: Slots;
  #words: number;
  #stopped: Stopped | undefined;
  #failuresInRow = 0;
  #answers = 0;
  #model: string | undefined;
  #firstFailure: unknown;

  constructor(input: SessionInput) {
    this.#input = input;
    this.#words = input.options.documentWords ?? input.template.words;
    this.#slots = new Slots(input.options.concurrency ?? DEFAULT_CONCURRENCY);
    this.receipt = new PromptReceipt(input.documents);
    const own = this.#cancel.signal;
    this.#signal = input.signal ? AbortSignal.any([input.signal, own]) : own;
    // Each call under way may listen to it.
    setMaxListeners(0, this.#signal);
  }

  /**
   * Asks once, when a slot is free. Undefined where there is no answer but the request can go on without it; the receipt
   * has noted why.
   *
   * @throws Stopped where no further calls make sense, RankwrightError for what ends the request
   */
  ask(question: Question): Promise<ChatAnswer | undefined> {
    return this.#slots.run(() => this.#ask(question));
  }

  async #ask(question: Question): Promise<ChatAnswer | undefined> {
    for (let shrinks = 0; ; shrinks++) {
      if (this.#stopped) throw this.#stopped;
      let prompt: FittedPrompt | undefined;
      try {
        prompt = this.#fit(question);
        const answer = await this.#call(this.#request(prompt, question));
        this.#failuresInRow = 0;
        this.#answers++;
        this.#model = answer.model;
        this.receipt.shown(question.positions, prompt);
        return answer;
      } catch (error) {
        const consequence = consequenceOf(error);
        if (consequence.kind === "throw") {
          this.end();
          throw error;
        }
        if (consequence.kind === "stop") throw this.#stop(consequence.reason, error);
        const { code } = consequence;
        // A prompt that the server calls too long, not one that we know to be.
        if (code === "CONTEXT_EXCEEDED" && prompt && shrinks < SHRINKS && prompt.words > LEAST_WORDS) {
          this.#words = Math.min(this.#words, Math.max(LEAST_WORDS, prompt.words >> 1));
          continue;
        }
        this.#miss(code, error);
        return undefined;
      }
    }
  }

  /** Notes what became of an answer; `used` is false where it was of no use. */
  note(answerClass: AnswerClass, used: boolean): void {
    this.receipt.note(answerClass, used);
  }

  /** Ends calls that are still under way. */
  end(): void {
    this.#cancel.abort(new Error("the request has ended"));
  }

  get usage(): RemoteUsage {
    return this.#totals.usage;
  }

  /** As the server names the model that answered last. */
  get answeredBy(): string | undefined {
    return this.#model;
  }

  /**
   * A request that a deadline or a budget ended returns what is known, were it nothing.
   *
   * @throws RankwrightError the first failure, where calls failed and not one was answered
   */
  throwIfNothingAnswered(stop: StopReason | undefined): void {
    const excused = stop === "deadline" || stop === "budget";
    if (!excused && this.#answers === 0 && this.#firstFailure !== undefined) throw this.#firstFailure;
  }

  #fit({ query, positions, pick, answerTokens }: Question): FittedPrompt {
    const { template, documents, instruction, options, model } = this.#input;
    const shown = positions.map((position) => documents[position]!);
    return fitPrompt(
      template,
      { query, documents: shown, instruction, pick },
      {
        words: this.#words,
        contextTokens: model.contextTokens,
        answerTokens: options.answerTokens ?? answerTokens ?? template.answerTokens,
        countTokens: options.countTokens,
      },
    );
  }

  #request({ messages, tokens }: FittedPrompt, question: Question): ChatRequest {
    const { template, options, model } = this.#input;
    const room = (model.contextTokens ?? Number.POSITIVE_INFINITY) - tokens;
    const { positions, topLogprobs } = question;
    const asked = options.answerTokens ?? question.answerTokens ?? template.answerTokens;
    return {
      messages,
      temperature: options.temperature ?? 0,
      maxTokens: asked ?? Math.min(DEFAULT_ANSWER_TOKENS, Math.max(room, listTokens(positions.length))),
      ...(options.seed !== undefined && { seed: options.seed }),
      ...(topLogprobs !== undefined && { topLogprobs }),
      ...(template.kind === "judge" && { schema: JUDGMENT_SCHEMA }),
    };
  }

  /** The answer, or DEADLINE_EXCEEDED when the time is over, whether the model keeps to it or not. */
  async #call(request: ChatRequest): Promise<ChatAnswer> {
    const { model, deadline } = this.#input;
    const signal = this.#signal;
    let started = false;
    const call = () => {
      started = true;
      return model.chat(request, { signal, deadline });
    };
    try {
      const answer = await beforeDeadline(call, deadline, signal);
      this.#totals.answered(answer);
      return answer;
    } catch (error) {
      // What was never asked costs nothing.
      if (started) this.#totals.failed(error);
      throw error;
    }
  }

  #miss(code: Parameters<PromptReceipt["failed"]>[0], error: unknown): void {
    this.receipt.failed(code);
    if (code === "CONTENT_REFUSED") {
      this.#failuresInRow = 0;
      this.#answers++;
      return;
    }
    this.#firstFailure ??= error;
    if (++this.#failuresInRow >= FAILURES) throw this.#stop("outage", error);
  }

  #stop(reason: StopReason, cause: unknown): Stopped {
    this.#stopped ??= new Stopped(reason, cause);
    return this.#stopped;
  }
}
