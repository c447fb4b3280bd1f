import { abortedError } from "../../files/aborted-error.js";
import { RankwrightError } from "../../types/index.js";
import type { ChatAnswer, ChatModel, ChatOptions, ChatRequest } from "../chat-model.js";
import { estimateTokens, promptTokens } from "../prompts/estimate-tokens.js";

/** What a scripted model does with a request: a text, (parts of) an answer, or an error to reject with. */
export type Reply = string | Partial<ChatAnswer> | Error;

/** One reply per request in turn, the last one for all that follow; or a function of the request. */
export type Script = readonly Reply[] | ((request: ChatRequest, index: number) => Reply | Promise<Reply>);

export interface ScriptedOptions {
  readonly id?: string;
  readonly contextTokens?: number;
  /** Milliseconds until an answer comes; forever for `Infinity`. A call ends early by its signal or deadline. */
  readonly latencyMs?: number | ((index: number) => number);
  /** Cost of 1000 tokens, of the prompt and of the answer; without it the cost is unknown. */
  readonly price?: number;
  /** Does not tell what it used. */
  readonly silent?: boolean;
  /** Ends no call early. */
  readonly deaf?: boolean;
}

export interface ScriptedModel extends ChatModel {
  /** Every request, in the order in which they came. */
  readonly requests: readonly ChatRequest[];
  /** The most calls that were under way at once. */
  readonly mostAtOnce: number;
}

/** A chat model that answers as it is told to, for tests. */
export function scriptedModel(script: Script, options: ScriptedOptions = {}): ScriptedModel {
  const { id = "scripted", contextTokens, latencyMs = 0, price, silent = false, deaf = false } = options;
  const requests: ChatRequest[] = [];
  let underWay = 0;
  let mostAtOnce = 0;

  async function chat(request: ChatRequest, chatOptions: ChatOptions = {}): Promise<ChatAnswer> {
    const index = requests.push(request) - 1;
    mostAtOnce = Math.max(mostAtOnce, ++underWay);
    try {
      if (chatOptions.signal?.aborted) throw abortedError(chatOptions.signal);
      const ms = typeof latencyMs === "number" ? latencyMs : latencyMs(index);
      if (ms > 0) await wait(ms, deaf ? {} : chatOptions);
      const reply =
        typeof script === "function" ? await script(request, index) : (script[index] ?? script.at(-1) ?? "");
      if (reply instanceof Error) throw reply;
      const answer = typeof reply === "string" ? { text: reply } : reply;
      const text = answer.text ?? "";
      const usage = {
        promptTokens: promptTokens(request.messages),
        completionTokens: estimateTokens(text),
      };
      return {
        text,
        finish: "stop",
        model: id,
        latencyMs: ms,
        attempts: 1,
        ...(!silent && { usage }),
        ...(price !== undefined &&
          !silent && { cost: (price * (usage.promptTokens + usage.completionTokens)) / 1000 }),
        ...answer,
      };
    } finally {
      underWay--;
    }
  }

  return {
    id,
    contextTokens,
    requests,
    get mostAtOnce() {
      return mostAtOnce;
    },
    chat,
  };
}

/** Ends at once, with ABORTED or DEADLINE_EXCEEDED, when nobody waits any more. */
function wait(ms: number, { signal, deadline = Number.POSITIVE_INFINITY }: ChatOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const left = deadline - performance.now();
    const late = ms > left;
    const done = () => {
      signal?.removeEventListener("abort", abort);
      if (late) reject(new RankwrightError("DEADLINE_EXCEEDED", "The answer would come too late."));
      else resolve();
    };
    const timer = setTimeout(done, Math.min(ms, Math.max(0, left), 2 ** 31 - 1));
    const abort = () => {
      clearTimeout(timer);
      reject(abortedError(signal as AbortSignal));
    };
    signal?.addEventListener("abort", abort, { once: true });
  });
}
