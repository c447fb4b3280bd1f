/** A query's tokens, made once and used with every document. */
export interface EncodedQuery {
  /** Tokens that are kept, special tokens excluded. */
  readonly ids: Int32Array;
  /** Tokens of the whole query. */
  readonly tokensTotal: number;
  /** Whether the query is cut whatever the document is. */
  readonly truncated: boolean;
  /** Whether the query held lone surrogates, which were read as U+FFFD. */
  readonly malformed: boolean;
}

/** What the model reads at once: query and document, or query and one window of it. */
export interface Sequence {
  /** Special tokens included, padding excluded. */
  readonly ids: Int32Array;
  /** Token types (segment ids), as long as `ids`. */
  readonly typeIds: Int32Array;
  /**
   * Character offsets (UTF-16 units, end exclusive) into the document's text, title excluded, from the
   * first word in this sequence to the last; [0, 0] if it holds none. A `head_tail` sequence has a gap inside.
   */
  readonly window: readonly [start: number, end: number];
}

export interface EncodedDocument {
  /** One, or one for each window in the order of the text. */
  readonly sequences: readonly Sequence[];
  /** Tokens of the document (title included) that stand in any sequence. */
  readonly tokensSeen: number;
  /** Tokens of the whole document, title included. */
  readonly tokensTotal: number;
  /** Whether some of the document stands in no sequence. */
  readonly truncated: boolean;
  /** Whether the query is cut in this pair. */
  readonly queryTruncated: boolean;
  /** Whether title or text held lone surrogates, which were read as U+FFFD. */
  readonly malformed: boolean;
}
