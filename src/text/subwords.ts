import { isUnspaced } from "./unicode/scripts.js";
import type { WordToken } from "./word-cache.js";

/** A token and where in its word it ends, in UTF-16 units; undefined inside a character. */
export interface TokenEnd {
  readonly id: number;
  readonly end: number | undefined;
}

/**
 * Places tokens inside their word. Where the script writes spaces all of them share the whole word;
 * beside a character of an unspaced script each stands for its own part, and so do words that a `▁` joins. `skip` units at the start of
 * the word (a space) belong to no token, and places count from behind them.
 */
export function placeTokens(
  word: string,
  ends: readonly TokenEnd[],
  skip: number,
): { readonly tokens: readonly WordToken[]; readonly spans: boolean } {
  const tokens: WordToken[] = [];
  const length = word.length - skip;
  let group: number[] = [];
  let start = 0;
  const close = (end: number): void => {
    const from = word[start + skip] === "▁" && end > start + 1 ? start + 1 : start;
    for (const id of group) tokens.push({ id, from, to: end });
    group = [];
    start = end;
  };
  ends.forEach(({ id, end }, i) => {
    group.push(id);
    if (end === undefined || end <= skip || i === ends.length - 1) return;
    const last = word.charCodeAt(end - 1);
    const before = last >= 0xdc00 && last <= 0xdfff ? word.charCodeAt(end - 2) : last;
    if (word[end] === "▁" || isUnspaced(before) || isUnspaced(word.charCodeAt(end))) close(end - skip);
  });
  close(length);
  return { tokens, spans: tokens.some(({ from, to }) => from !== 0 || to !== length) };
}
