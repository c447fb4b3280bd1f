import type { ChatAnswer, ChatRequest } from "../chat-model.js";
import type { RemoteFailure } from "../http/remote-failure.js";

/**
 * Ends the text where the server should have ended it: not all know `stop`, and some leave the text in. Log
 * probabilities stay as they are.
 */
export function cutAtStop<Answer extends Pick<ChatAnswer, "text" | "finish">>(
  answer: Answer,
  stop: readonly string[] = [],
): Answer {
  const ends = stop.map((text) => answer.text.indexOf(text)).filter((at) => at >= 0);
  if (ends.length === 0) return answer;
  return { ...answer, text: answer.text.slice(0, Math.min(...ends)), finish: "stop" };
}

/** A prompt that a filter refused is an answer, of unknown usage; `counts` includes it among the unaccounted. */
export function refusedAnswer(
  failure: RemoteFailure,
  counts: { readonly attempts: number; readonly unaccounted: number },
  model: string,
  latencyMs: number,
): ChatAnswer {
  return {
    text: "",
    finish: "content_filter",
    refusal: failure.said || failure.message,
    model,
    latencyMs,
    attempts: counts.attempts,
    unaccounted: counts.unaccounted - 1,
  };
}

/** Four characters a token and the whole answer: for limits, not for bills. */
export function roughTokens({ messages, maxTokens = 0 }: ChatRequest): number {
  return Math.ceil(messages.reduce((sum, { content }) => sum + content.length, 0) / 4) + maxTokens;
}
