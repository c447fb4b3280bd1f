/** A candidate as users hand it over. Only `text` is needed. */
export interface Document {
  readonly id?: string | undefined;
  readonly text: string;
  /** Read by the model before the text, and repeated in every window of a long document. */
  readonly title?: string | undefined;
  /** The first stage's own score, finite. Models do not read it; fusions with the first stage do. */
  readonly score?: number | undefined;
  /** Carried through untouched. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
}
