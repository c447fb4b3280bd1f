import { type AddedToken, AddedTokenMatcher } from "./added-tokens.js";
import { Normalized } from "./normalized.js";
import type { CompiledNormalizer } from "./normalizers/compile.js";
import type { TokenSink } from "./token-sink.js";

/** Splits normalised text into words and words into tokens. */
export interface PieceModel {
  /**
   * Pushes the tokens of text[from, to). `begins` is false where the piece goes on from an earlier one;
   * it then starts with a space.
   */
  encodePiece(piece: Normalized, from: number, to: number, begins: boolean, sink: TokenSink): void;
}

/** Text is normalised in blocks of about this many UTF-16 units where that is exact. */
const BLOCK = 4096;

/**
 * The reference's order of work: added tokens found in the raw text, the text between them normalised,
 * added tokens found in the normalised text, and the model for the rest.
 */
export class TextPipeline {
  private readonly normalizer: CompiledNormalizer | undefined;
  private readonly rawTokens: AddedTokenMatcher | undefined;
  private readonly normalizedTokens: AddedTokenMatcher | undefined;
  private readonly model: PieceModel;
  private readonly block: number;

  constructor(
    model: PieceModel,
    normalizer: CompiledNormalizer | undefined,
    added: readonly AddedToken[],
    block: number = BLOCK,
  ) {
    this.model = model;
    this.normalizer = normalizer;
    this.rawTokens = AddedTokenMatcher.raw(added);
    this.normalizedTokens = AddedTokenMatcher.normalized(added, normalizer?.normalize);
    const reachesOver = added.some(
      ({ content, rightStrip, special }) => (rightStrip && !special) || /[A-Za-z0-9] /.test(content),
    );
    this.block = (normalizer?.cuttable ?? true) && !reachesOver ? block : Number.POSITIVE_INFINITY;
  }

  encode(text: string, sink: TokenSink): void {
    let from = 0;
    for (const match of this.rawTokens?.find(text, 0, text.length) ?? []) {
      this.encodeSection(text, from, match.from, sink);
      sink.push(match.id, match.from, match.to);
      from = match.to;
    }
    this.encodeSection(text, from, text.length, sink);
  }

  private encodeSection(text: string, from: number, to: number, sink: TokenSink): void {
    if (from === to) return;
    if (this.normalizer === undefined && this.normalizedTokens === undefined) {
      this.model.encodePiece(new Normalized(text, 0), from, to, true, sink);
      return;
    }
    for (let start = from; start < to; ) {
      const end = cutAfter(text, start + this.block, to);
      const raw = new Normalized(text.slice(start, end), start);
      const edges = { first: start === from, last: end === to };
      this.encodeBlock(this.normalizer?.normalize(raw, edges) ?? raw, edges.first, sink);
      start = end;
    }
  }

  private encodeBlock(block: Normalized, begins: boolean, sink: TokenSink): void {
    const { length } = block.text;
    let from = 0;
    for (const match of this.normalizedTokens?.find(block.text, 0, length) ?? []) {
      if (match.from > from) this.model.encodePiece(block, from, match.from, begins || from > 0, sink);
      if (match.to > match.from) sink.push(match.id, block.start(match.from), block.end(match.to - 1));
      from = match.to;
    }
    if (length > from) this.model.encodePiece(block, from, length, begins || from > 0, sink);
  }
}

/** The first place from `at` on between a letter or digit and a space that another one follows. */
function cutAfter(text: string, at: number, end: number): number {
  for (let i = at; i < end - 1; i++) {
    if (
      text.charCodeAt(i) === 0x20 &&
      isAlphanumeric(text.charCodeAt(i - 1)) &&
      isAlphanumeric(text.charCodeAt(i + 1))
    ) {
      return i;
    }
  }
  return end;
}

function isAlphanumeric(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a);
}
