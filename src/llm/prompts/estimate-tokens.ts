import type { ChatMessage } from "../chat-model.js";

/** Counts the tokens of a text as a model does. */
export type CountTokens = (text: string) => number;

/** What a message costs besides its text: role, and marks of beginning and end. */
const MESSAGE_TOKENS = 8;

/**
 * Tokens of a text, rather too many than too few, without a tokenizer: a token for four letters of a word and for each
 * digit and mark of ASCII, less than one for a character of the other alphabets, more than one beyond.
 * docs/llm-reranking.md compares it with real tokenizers.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let letters = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
    if (letter) {
      if (letters++ % 4 === 0) tokens++;
      continue;
    }
    letters = 0;
    if (code === 0x20) continue;
    if (code < 0x80) tokens += 1;
    else if (code < 0x800) tokens += 0.7;
    else tokens += 1.5;
  }
  return Math.ceil(tokens);
}

export function promptTokens(messages: readonly ChatMessage[], count: CountTokens = estimateTokens): number {
  return messages.reduce((sum, { content }) => sum + MESSAGE_TOKENS + count(content), 0);
}
