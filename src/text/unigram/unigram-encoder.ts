import type { Normalized } from "../normalized.js";
import type { PieceModel } from "../pipeline.js";
import { type PlacedVisitor, TokenPlacer } from "../subwords.js";
import type { TokenSink } from "../token-sink.js";
import { isWhitespace } from "../unicode/whitespace.js";
import { HASH_PRIME, HASH_SEED, LONGEST_CACHED_WORD, WordCache, type WordToken } from "../word-cache.js";
import type { MetaspaceOptions } from "./metaspace.js";
import type { UnigramModel } from "./unigram-model.js";

/** SentencePiece's picture of a space. */
const MARK = "▁";

/** SentencePiece's way with words: `▁` for each space, and for the start of the text. */
export class UnigramEncoder implements PieceModel {
  private readonly model: UnigramModel;
  private readonly options: MetaspaceOptions;
  /** Words behind a `▁`, and words without one. */
  private readonly marked: WordCache;
  private readonly bare: WordCache;

  constructor(model: UnigramModel, options: MetaspaceOptions, cacheSize?: number) {
    this.model = model;
    this.options = options;
    this.marked = new WordCache(cacheSize);
    this.bare = new WordCache(cacheSize);
  }

  encodePiece(piece: Normalized, from: number, to: number, begins: boolean, sink: TokenSink): void {
    if (!this.options.whitespaceSplit) {
      this.encodeSpan(piece, from, to, begins, sink);
      return;
    }
    const { text } = piece;
    let start = from;
    for (let i = from; i < to; i++) {
      if (!isWhitespace(text.charCodeAt(i))) continue;
      if (i > start) this.encodeSpan(piece, start, i, true, sink);
      start = i + 1;
    }
    if (to > start) this.encodeSpan(piece, start, to, true, sink);
  }

  /** Text that the Metaspace step sees as one. */
  private encodeSpan(piece: Normalized, from: number, to: number, begins: boolean, sink: TokenSink): void {
    const { text } = piece;
    const { metaspace, split } = this.options;
    const startsMarked = metaspace && isMark(text.charCodeAt(from));
    const prefixed = begins && !startsMarked && this.getsPrefix(piece.start(from));
    if (!split) {
      this.encodeWord(piece, from, from, to, prefixed, hashOf(text, from, to), sink);
      return;
    }
    let start = from;
    let body = startsMarked ? from + 1 : from;
    let marked = startsMarked || prefixed;
    let hash = HASH_SEED;
    for (let i = body; i < to; i++) {
      const unit = text.charCodeAt(i);
      if (!isMark(unit)) {
        hash = Math.imul(hash ^ unit, HASH_PRIME);
        continue;
      }
      this.encodeWord(piece, start, body, i, marked, hash, sink);
      start = i;
      body = i + 1;
      marked = true;
      hash = HASH_SEED;
    }
    this.encodeWord(piece, start, body, to, marked, hash, sink);
  }

  private getsPrefix(sourceStart: number): boolean {
    const { prepend } = this.options;
    return prepend === "always" || (prepend === "first" && sourceStart === 0);
  }

  /** The word `▁` + text[body, to), or without `▁` where it is not `marked`; `start` is where the mark stands. */
  private encodeWord(
    piece: Normalized,
    start: number,
    body: number,
    to: number,
    marked: boolean,
    hash: number,
    sink: TokenSink,
  ): void {
    const { text } = piece;
    if (to - body > LONGEST_CACHED_WORD) {
      this.split(text.slice(body, to), marked, (id, from, end) => {
        sink.push(id, piece.start(body + from), piece.end(body + end - 1));
      });
      return;
    }
    const cache = marked ? this.marked : this.bare;
    let at = cache.find(text, body, to, hash);
    if (at === -1) {
      const tokens: WordToken[] = [];
      this.split(text.slice(body, to), marked, (id, from, end) => tokens.push({ id, from, to: end }));
      at = cache.add(text, body, to, hash, tokens, to - body);
    }
    // A mark that stands alone is a word at its own place.
    if (to > body) sink.pushWord(cache.values, at, piece, body, to);
    else sink.pushWord(cache.values, at, piece, start, body);
  }

  private split(body: string, marked: boolean, visit: PlacedVisitor): void {
    const word = (marked ? MARK : "") + (this.options.metaspace ? body.replaceAll(" ", MARK) : body);
    const placer = new TokenPlacer(word, marked ? 1 : 0, visit);
    this.model.split(word, placer.add);
    placer.finish();
  }
}

function isMark(unit: number): boolean {
  return unit === 0x20 || unit === 0x2581;
}

function hashOf(text: string, from: number, to: number): number {
  let hash = HASH_SEED;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), HASH_PRIME);
  return hash;
}
