/** Turns a text into the terms that an index counts. */
export interface Analyzer {
  /** Says what was done to the text; equal ids mean equal terms. */
  readonly id: string;
  /** The terms in the order of the text, repetitions included. */
  analyze(text: string): string[];
}
