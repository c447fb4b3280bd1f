import type { Document } from "../types/index.js";
import type { Tokenizer } from "./tokenizer.js";

/** The tokens of a document's title, a space and its text, as one string has them. */
export interface DocumentTokens {
  /** Kept tokens: the head, then the tail. */
  readonly ids: Int32Array;
  /** Offsets of each token's word into the joined string. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Tokens of the whole document. */
  readonly total: number;
  /** How many of the kept tokens, from the first on, belong to the title. */
  readonly titleTokens: number;
  /** Where the text begins in the joined string. */
  readonly textStart: number;
}

export function documentTokens(
  tokenizer: Tokenizer,
  { title = "", text }: Document,
  head: number,
  tail = 0,
): DocumentTokens {
  const textStart = title === "" ? 0 : title.length + 1;
  const { ids, starts, ends, total } = tokenizer.encode(title === "" ? text : `${title} ${text}`, {
    head,
    tail,
  });
  let titleTokens = 0;
  while (titleTokens < ids.length && starts[titleTokens]! < textStart - 1) titleTokens++;
  return { ids, starts, ends, total, titleTokens, textStart };
}

/** About as many tokens as the title has; exact but for what depends on the text behind it. */
export function countTitleTokens(tokenizer: Tokenizer, { title = "" }: Document): number {
  return title === "" ? 0 : tokenizer.encode(title, { head: 0 }).total;
}
