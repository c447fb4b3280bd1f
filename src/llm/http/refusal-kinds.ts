import type { ServerWords } from "./server-words.js";

const CONTEXT_CODES = /context_length_exceeded|exceed_context_size|context_window_exceeded/;

/** How servers say that a prompt is too long: OpenAI, vLLM, llama.cpp, Ollama, LM Studio, TGI, Mistral, Gemini, … */
const CONTEXT_MESSAGES = [
  /maximum (context|prompt|model) length/i,
  /\bcontext (length|window|size)\b.*(exceed|overflow|too (long|large)|greater|larger)/i,
  /\b(exceed\w*|overflow\w*|too (long|large)|greater|larger|longer|more)\b.*\bcontext[ _](length|window|size)\b/i,
  /\b(prompt|inputs?|query) (is|are) too (long|large)\b/i,
  /input token count .*exceeds/i,
  /\binput length\b.*exceeds/i,
  /\btokens?\b.*\bexceeds? (the )?(maximum|max|model)\b.*\btokens?\b/i,
  /`?inputs`? tokens \+ `?max_new_tokens`?/i,
  /tokens to keep from the initial prompt/i,
  /reduce the length of (the|your) (messages|prompt|input)/i,
];

const CONTENT =
  /content_filter|content_policy|responsibleaipolicy|moderation_blocked|data_inspection_failed|content management policy|content policy|safety system|content exists risk|inappropriate content|\bflagged\b/i;

const NO_MODEL_CODES = /model_not_(found|available)|invalid_model|model_not_exist/;
const NO_MODEL_MESSAGES =
  /\bmodel\b.{0,120}\b(not found|not exist|does not exist|not available|unknown)\b|\b(invalid|unknown|no such) model\b|\bmodel not exist\b/i;

const NO_CREDIT =
  /insufficient_quota|billing_hard_limit|insufficient (balance|credits?|funds)|credit balance is too low/i;

/** The prompt is longer than the model can read. */
export function isContextExceeded({ message, codes }: ServerWords): boolean {
  return CONTEXT_CODES.test(codes) || CONTEXT_MESSAGES.some((pattern) => pattern.test(message));
}

/** A filter refuses what the prompt says. */
export function isContentRefused({ message, codes }: ServerWords): boolean {
  return CONTENT.test(codes) || CONTENT.test(message);
}

/** A request that is otherwise in order names a model that the server has not. */
export function isModelUnknown({ message, codes }: ServerWords): boolean {
  return NO_MODEL_CODES.test(codes) || NO_MODEL_MESSAGES.test(message);
}

/** Nothing is left to pay with, so that waiting does not help. */
export function isCreditUsedUp({ message, codes }: ServerWords): boolean {
  return NO_CREDIT.test(codes) || NO_CREDIT.test(message);
}
