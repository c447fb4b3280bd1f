import { pointwise, type TokenLogitOptions, tokenLogitScorer } from "../../rerank/index.js";
import { oneOf, text } from "../fields.js";
import { chatKind } from "../remote/chat-kind.js";
import type { ChatSpec } from "../remote/chat-spec.js";

/** A chat model says yes or no of each document, see `tokenLogitScorer`. */
export interface TokenLogitSpec {
  readonly tokenLogit: TokenLogitFields;
}

interface TokenLogitFields extends ChatSpec, Pick<TokenLogitOptions, "instruction" | "withoutLogprobs"> {}

export const tokenLogitKind = chatKind<TokenLogitFields>(
  "tokenLogit",
  {
    instruction: text("a sentence").optional(),
    withoutLogprobs: oneOf("verdict", "error"),
  },
  (chat, options) => pointwise(tokenLogitScorer(chat, options)),
);
