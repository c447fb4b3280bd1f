/**
 * Tokens of one text, special tokens excluded. Only the kept tokens are stored (the first `head` and
 * the last `tail` asked for), so that a 10 MB document costs no more memory than a page.
 */
export interface Encoding {
  /** Kept token ids: the head, then the tail. */
  readonly ids: Int32Array;
  /**
   * Character offset (UTF-16 units) at which the word of each kept token starts. In scripts that write
   * no spaces, a token counts as a word of its own.
   */
  readonly starts: Int32Array;
  /** Character offset, exclusive, at which the word of each kept token ends. */
  readonly ends: Int32Array;
  /** Tokens of the whole text, kept or not. */
  readonly total: number;
}

export interface EncodeOptions {
  /** Keep this many tokens from the start. Default: all. */
  readonly head?: number | undefined;
  /** Also keep this many from the end, where they are not in the head already. Default: 0. */
  readonly tail?: number | undefined;
}

/** The special tokens around a pair, as the tokenizer's post-processor puts them. */
export interface PairTemplate {
  /** Ids and token types before the query, between query and document, and after the document. */
  readonly before: SpecialRun;
  readonly between: SpecialRun;
  readonly after: SpecialRun;
  readonly queryType: number;
  readonly documentType: number;
}

export interface SpecialRun {
  readonly ids: readonly number[];
  readonly types: readonly number[];
}

/** Turns text into ids exactly as the tokenizer that the model was trained with. */
export interface Tokenizer {
  readonly kind: "wordpiece" | "bpe" | "unigram";
  /** Largest id it can produce, plus one. */
  readonly vocabSize: number;
  readonly padId: number;
  readonly unknownId: number | undefined;
  readonly template: PairTemplate;
  encode(text: string, options?: EncodeOptions): Encoding;
}
