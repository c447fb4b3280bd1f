/** Which part of a document a score rests on. */
export interface Evidence {
  /** Character offsets (UTF-16 units, end exclusive) into `document.text` of the text behind the score. */
  readonly window: readonly [start: number, end: number];
  /** Tokens of the document (title included) that the model read in any window. */
  readonly tokensSeen: number;
  /** Tokens of the whole document, title included. */
  readonly tokensTotal: number;
}
