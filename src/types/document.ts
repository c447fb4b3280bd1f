/** A candidate as users hand it over. Only `text` is needed. */
export interface Document {
  readonly id?: string | undefined;
  readonly text: string;
  /** Read by the model before the text, and repeated in every window of a long document. */
  readonly title?: string | undefined;
  /** Carried through untouched. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}
