import { Normalized } from "../normalized.js";
import type { PieceModel } from "../pipeline.js";
import { type PlacedVisitor, TokenPlacer } from "../subwords.js";
import type { TokenSink } from "../token-sink.js";
import { HASH_PRIME, HASH_SEED, LONGEST_CACHED_WORD, WordCache, type WordToken } from "../word-cache.js";
import type { BpeModel } from "./bpe-model.js";
import { gpt2PrefixedWordEnd, gpt2WordEnd } from "./gpt2-words.js";

export interface BpeOptions {
  /** Put a space before text that does not begin with one. */
  readonly addPrefixSpace: boolean;
  /** Words that are one token whatever the merges say; undefined where merges decide alone. */
  readonly wholeWord?: ((bytes: Uint8Array) => number | undefined) | undefined;
}

const SPACE = 0x20;
const utf8 = new TextEncoder();

/** Byte-level BPE in the manner of GPT-2 and RoBERTa. */
export class BpeEncoder implements PieceModel {
  private readonly model: BpeModel;
  private readonly options: BpeOptions;
  private readonly cache: WordCache;

  constructor(model: BpeModel, options: BpeOptions, cache: WordCache = new WordCache()) {
    this.model = model;
    this.options = options;
    this.cache = cache;
  }

  encodePiece(piece: Normalized, from: number, to: number, begins: boolean, sink: TokenSink): void {
    let start = from;
    if (begins && this.options.addPrefixSpace && piece.text.charCodeAt(from) !== SPACE) {
      start = gpt2PrefixedWordEnd(piece.text, from, to);
      const first = withPrefixSpace(piece, from, start);
      this.encodeWord(first, 0, first.text.length, sink);
    }
    while (start < to) {
      const end = gpt2WordEnd(piece.text, start, to);
      this.encodeWord(piece, start, end, sink);
      start = end;
    }
  }

  private encodeWord(piece: Normalized, from: number, to: number, sink: TokenSink): void {
    const { text } = piece;
    const skip = text.charCodeAt(from) === SPACE && to - from > 1 ? 1 : 0;
    if (to - from > LONGEST_CACHED_WORD) {
      this.split(text.slice(from, to), skip, (id, start, end) => {
        sink.push(id, piece.start(from + skip + start), piece.end(from + skip + end - 1));
      });
      return;
    }
    let hash = HASH_SEED;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), HASH_PRIME);
    let at = this.cache.find(text, from, to, hash);
    if (at === -1) {
      const tokens: WordToken[] = [];
      this.split(text.slice(from, to), skip, (id, start, end) => tokens.push({ id, from: start, to: end }));
      at = this.cache.add(text, from, to, hash, tokens, to - from - skip);
    }
    sink.pushWord(this.cache.values, at, piece, from + skip, to);
  }

  private split(word: string, skip: number, visit: PlacedVisitor): void {
    const bytes = utf8.encode(word);
    const placer = new TokenPlacer(word, skip, visit);
    const whole = this.options.wholeWord?.(bytes);
    if (whole !== undefined) placer.add(whole, word.length);
    else this.model.split(bytes, placer.add);
    placer.finish();
  }
}

/** The first word with a space before it that the source does not have. */
function withPrefixSpace(piece: Normalized, from: number, to: number): Normalized {
  const length = to - from + 1;
  const starts = new Int32Array(length).fill(piece.gap(from));
  const ends = new Int32Array(length).fill(piece.gap(from));
  for (let i = from; i < to; i++) {
    starts[i - from + 1] = piece.start(i);
    ends[i - from + 1] = piece.end(i);
  }
  return new Normalized(` ${piece.text.slice(from, to)}`, 0, starts, ends);
}
