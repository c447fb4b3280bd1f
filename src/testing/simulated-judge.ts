/** Ways in which an answer is not what the prompt asked for. */
export type MalformedClass =
  /** An identifier comes twice. */
  | "duplicates"
  /** Identifiers are left out. */
  | "gaps"
  /** The answer stands among words and other numbers. */
  | "prose"
  /** The model declines, in the field for it or in words. */
  | "refusal"
  /** The answer stops in its middle (`finish_reason: "length"`). */
  | "truncation"
  /** The answer follows a `<think>` block that speaks of other answers. */
  | "think"
  /** The message of an error, with numbers, as if it were an answer. */
  | "error-text"
  | "empty"
  /** A filter ended the answer (`finish_reason: "content_filter"`). */
  | "filtered";

/** How a simulated model judges. */
export interface SimulatedJudge {
  /** Divides differences of true scores: above 1 it sees them less clearly. Default: 1. */
  readonly temperature?: number | undefined;
  /** Logits towards the document that stands first; the last of a list gets none. Default: 0. */
  readonly positionBias?: number | undefined;
  /** Standard deviation of noise in the logits, which log probabilities show too. Default: 0. */
  readonly logitNoise?: number | undefined;
  /** Scale of the logistic noise that turns logits into verdicts; 0 for always the more probable. Default: 1. */
  readonly noise?: number | undefined;
  /** Whether log probabilities are given where they are asked for, or the request is refused. Default: true. */
  readonly logprobs?: boolean | "refused" | undefined;
  /** Shares of answers, from 0 to 1, that are malformed. */
  readonly malformed?: Partial<Readonly<Record<MalformedClass, number>>> | undefined;
  /** Most tokens of prompt and answer together. Default: no limit. */
  readonly contextTokens?: number | undefined;
  /** Whether answers tell their tokens. Default: true. */
  readonly usage?: boolean | undefined;
}
