import { abortedError } from "../files/aborted-error.js";
import type { ChatModel } from "../llm/index.js";
import { RankwrightError } from "../types/index.js";
import { JudgeEngine, type JudgeEngineOptions } from "./judge-engine.js";
import { OpenAiError } from "./openai-error.js";

export interface SimulatedChatModelOptions extends JudgeEngineOptions {
  /** Which of the judges. Default: the first. */
  readonly model?: string | undefined;
}

const CODES = { 400: "REMOTE_REJECTED", 404: "REMOTE_NOT_FOUND" } as const;

/** The simulated judges without a server: a chat model in this process, for tests that need many answers. */
export function simulatedChatModel(options: SimulatedChatModelOptions): ChatModel {
  const engine = new JudgeEngine(options);
  const model = options.model ?? (engine.models[0] as string);
  return {
    id: model,
    contextTokens: options.judges?.[model]?.contextTokens,
    async chat(request, { signal } = {}) {
      if (signal?.aborted) throw abortedError(signal);
      const { messages, seed, maxTokens, stop, topLogprobs, schema } = request;
      const asked = { model, messages, seed, maxTokens, stop, schema: schema?.schema };
      try {
        const completion = engine.answer({ ...asked, logprobs: topLogprobs !== undefined });
        const { text, finish, refusal, tokens, promptTokens, completionTokens, usage } = completion;
        return {
          text,
          finish,
          refusal,
          logprobs: tokens?.map((token) => ({ ...token, top: token.top.slice(0, topLogprobs) })),
          usage: usage ? { promptTokens, completionTokens } : undefined,
          model,
          latencyMs: 0,
          attempts: 1,
        };
      } catch (error) {
        if (!(error instanceof OpenAiError)) throw error;
        const code =
          error.code === "context_length_exceeded"
            ? "CONTEXT_EXCEEDED"
            : CODES[error.status as keyof typeof CODES];
        throw new RankwrightError(code, error.message, { cause: error });
      }
    },
  };
}
