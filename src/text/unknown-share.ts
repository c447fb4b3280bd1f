import type { Tokenizer } from "./tokenizer.js";

/**
 * Share of the tokens of some texts that the vocabulary lacks, in [0, 1]; 0 for tokenizers that fall back to
 * bytes and so know everything.
 */
export function unknownShare(tokenizer: Tokenizer, texts: Iterable<string>): number {
  let unknown = 0;
  let all = 0;
  for (const text of texts) {
    const { ids } = tokenizer.encode(text);
    all += ids.length;
    for (const id of ids) if (id === tokenizer.unknownId) unknown++;
  }
  return all === 0 ? 0 : unknown / all;
}
