import { NO_NODE, NO_VALUE, type Trie } from "../trie.js";

export interface WordPieceOptions {
  readonly unknownId: number;
  /** What stands before pieces inside a word, usually `##`. */
  readonly continuingPrefix: string;
  /** Words of more characters than this are unknown. */
  readonly maxWordCharacters: number;
}

/** Greedy longest-match-first splitting of words (Wu et al. 2016, as BERT uses it). */
export class WordPieceModel {
  private readonly trie: Trie;
  private readonly options: WordPieceOptions;
  /** Where pieces inside a word begin; NO_NODE if there are none. */
  private readonly inside: number;

  constructor(trie: Trie, options: WordPieceOptions) {
    this.trie = trie;
    this.options = options;
    let node = 0;
    for (let i = 0; i < options.continuingPrefix.length && node !== NO_NODE; i++) {
      node = this.trie.step(node, options.continuingPrefix.charCodeAt(i));
    }
    this.inside = node;
  }

  /** Ids of the word text[from, to); a word with any part that no piece covers is one unknown token. */
  split(text: string, from: number, to: number): number[] {
    const unknown = [this.options.unknownId];
    if (countCharacters(text, from, to, this.options.maxWordCharacters) > this.options.maxWordCharacters) {
      return unknown;
    }
    const ids: number[] = [];
    for (let start = from; start < to; ) {
      let node = start === from ? 0 : this.inside;
      let id = NO_VALUE;
      let end = start;
      for (let i = start; i < to && node !== NO_NODE; i++) {
        node = this.trie.step(node, text.charCodeAt(i));
        if (node !== NO_NODE && this.trie.value(node) !== NO_VALUE) {
          id = this.trie.value(node);
          end = i + 1;
        }
      }
      if (id === NO_VALUE) return unknown;
      ids.push(id);
      start = end;
    }
    return ids;
  }
}

/** Counts code points, but no further than just past `limit`. */
function countCharacters(text: string, from: number, to: number, limit: number): number {
  if (to - from <= limit) return to - from;
  let count = 0;
  for (let i = from; i < to && count <= limit; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) count++;
  }
  return count;
}
