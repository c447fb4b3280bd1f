import type { ChatRequest } from "../chat-model.js";

/** What a chat template puts around a message, and around all of them, at most. */
const TOKENS_PER_MESSAGE = 16;

/** Counts the tokens of a text, or more. */
export type CountTokens = (text: string) => number;

/**
 * No tokenizer that falls back to bytes makes more tokens of a text than its UTF-8 has bytes. English has about four
 * bytes a token, so that this is four times too much: safe for a reservation, which is settled with the true figure.
 */
export const mostTokens: CountTokens = (text) => Buffer.byteLength(text);

/** The most that a call can use. Without `maxTokens` and a known context the answer has no bound: `Infinity`. */
export function upperBound(
  request: ChatRequest,
  contextTokens = Number.POSITIVE_INFINITY,
  countTokens: CountTokens = mostTokens,
): { readonly promptTokens: number; readonly completionTokens: number } {
  const { messages, maxTokens = Number.POSITIVE_INFINITY, schema } = request;
  let prompt = TOKENS_PER_MESSAGE * (messages.length + 1);
  for (const { content } of messages) prompt += countTokens(content);
  // Servers write the schema into the prompt.
  if (schema !== undefined) prompt += countTokens(JSON.stringify(schema));
  const promptTokens = Math.min(prompt, contextTokens);
  return { promptTokens, completionTokens: Math.min(maxTokens, contextTokens) };
}
