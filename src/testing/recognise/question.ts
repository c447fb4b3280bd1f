/** What a prompt asks for; each has its own kind of answer. */
export type QuestionKind = "prp" | "zelo" | "setwise" | "listwise" | "yes-no" | "graded";

/** A document as a prompt shows it. */
export interface ShownDocument {
  /** The text that the truth knows. */
  readonly text: string;
  readonly query: string | undefined;
  /** What the prompt calls it: "A", "3"; "" where it has no name. */
  readonly label: string;
}

/** A prompt understood. */
export interface Question {
  readonly kind: QuestionKind;
  /** In the order of the prompt; two for `prp` and `zelo`, one for `yes-no` and `graded`. */
  readonly documents: readonly ShownDocument[];
  /** Of a list, how many documents to name. Default: all. */
  readonly pick?: number | undefined;
  /** What `yes-no` is answered with. Default: Yes and No. */
  readonly words?: readonly [yes: string, no: string] | undefined;
}
