import { Normalized } from "../normalized.js";
import { type BertOptions, bert, isDropped } from "../normalizers/bert.js";
import { type Normalizer, WHOLE } from "../normalizers/normalizer.js";
import type { PieceModel } from "../pipeline.js";
import type { PlacedVisitor } from "../subwords.js";
import type { TokenSink } from "../token-sink.js";
import { isCjk } from "../unicode/cjk.js";
import { isWhitespace } from "../unicode/whitespace.js";
import { HASH_PRIME, HASH_SEED, LONGEST_CACHED_WORD, WordCache, type WordToken } from "../word-cache.js";
import { bertWords, isBertPunctuation } from "./bert-words.js";
import type { WordPieceModel } from "./wordpiece-model.js";

const WORD = 0;
const SPACE = 1;
/** A word of its own, whatever stands beside it. */
const SINGLE = 2;

/**
 * BERT's whole way from raw text to ids in one pass: runs of characters between certain word boundaries
 * are looked up as they stand, and only a run seen for the first time is normalised and split.
 */
export class WordPieceEncoder implements PieceModel {
  private readonly model: WordPieceModel;
  private readonly normalize: Normalizer;
  private readonly classes: Uint8Array;
  private readonly cache: WordCache;

  constructor(model: WordPieceModel, options: BertOptions, cache: WordCache = new WordCache()) {
    this.model = model;
    this.normalize = bert(options);
    this.classes = unitClasses(options, this.normalize);
    this.cache = cache;
  }

  /** Raw text; for tokenizers whose added tokens are all special. */
  encode(text: string, sink: TokenSink): void {
    const { classes } = this;
    const source = new Normalized(text, 0);
    const { length } = text;
    let start = 0;
    let hash = HASH_SEED;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      const unitClass = classes[unit];
      if (unitClass === WORD) {
        hash = Math.imul(hash ^ unit, HASH_PRIME);
        continue;
      }
      if (i > start) this.encodeRun(source, start, i, hash, sink);
      if (unitClass === SINGLE) {
        this.encodeRun(source, i, i + 1, Math.imul(HASH_SEED ^ unit, HASH_PRIME), sink);
      }
      start = i + 1;
      hash = HASH_SEED;
    }
    if (length > start) this.encodeRun(source, start, length, hash, sink);
  }

  /** Text that is normalised already; for tokenizers with added tokens of their own. */
  encodePiece(piece: Normalized, from: number, to: number, _begins: boolean, sink: TokenSink): void {
    this.split(piece, from, to, (id, start, end) => sink.push(id, start, end));
  }

  private encodeRun(source: Normalized, from: number, to: number, hash: number, sink: TokenSink): void {
    const { cache } = this;
    if (to - from > LONGEST_CACHED_WORD) {
      const run = this.normalize(new Normalized(source.text.slice(from, to), from), WHOLE);
      this.split(run, 0, run.text.length, (id, start, end) => sink.push(id, start, end));
      return;
    }
    let at = cache.find(source.text, from, to, hash);
    if (at === -1) {
      const run = this.normalize(new Normalized(source.text.slice(from, to), 0), WHOLE);
      const tokens: WordToken[] = [];
      this.split(run, 0, run.text.length, (id, start, end) => tokens.push({ id, from: start, to: end }));
      at = cache.add(source.text, from, to, hash, tokens, to - from);
    }
    sink.pushWord(cache.values, at, source, from, to);
  }

  /** Tokens of normalised text with the source of the words that they belong to. */
  private split(piece: Normalized, from: number, to: number, visit: PlacedVisitor): void {
    bertWords(piece.text, from, to, (start, end) => {
      for (const id of this.model.split(piece.text, start, end)) {
        visit(id, piece.start(start), piece.end(end - 1));
      }
    });
  }
}

/** What each UTF-16 unit does to the run that it stands in, before any normalisation. */
function unitClasses(options: BertOptions, normalize: Normalizer): Uint8Array {
  const classes = new Uint8Array(0x10000);
  for (let c = 0; c < 0x10000; c++) {
    if (c >= 0xd800 && c <= 0xdfff) continue;
    if (options.cleanText && isDropped(c)) continue;
    if (isWhitespace(c)) classes[c] = SPACE;
    else if (options.handleChineseChars && isCjk(c)) classes[c] = SINGLE;
    else if (isBertPunctuation(c)) {
      const normal = normalize(new Normalized(String.fromCharCode(c), 0), WHOLE).text;
      if ([...normal].every((char) => isBertPunctuation(char.codePointAt(0)!))) classes[c] = SINGLE;
    }
  }
  return classes;
}
