import { abortedError } from "../files/aborted-error.js";
import type { ChatModel } from "../llm/index.js";
import { RankwrightError } from "../types/index.js";
import { JudgeEngine, type JudgeEngineOptions } from "./judge-engine.js";
import { OpenAiError } from "./openai-error.js";
import type { SimulatedJudge } from "./simulated-judge.js";

export interface SimulatedChatModelOptions extends Omit<JudgeEngineOptions, "judges"> {
  readonly judge?: SimulatedJudge | undefined;
  /** Its name. Judges of other names have noise of their own. Default: `judge`. */
  readonly model?: string | undefined;
}

const CODES = { 400: "REMOTE_REJECTED", 404: "REMOTE_NOT_FOUND" } as const;

/** A simulated judge without a server: a chat model in this process, for tests that need many answers. */
export function simulatedChatModel(options: SimulatedChatModelOptions): ChatModel {
  const { judge = {}, model = "judge", ...others } = options;
  const engine = new JudgeEngine({ ...others, judges: { [model]: judge } });
  return {
    id: model,
    contextTokens: judge.contextTokens,
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
