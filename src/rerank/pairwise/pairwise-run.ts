import type { Comparison } from "../../preference/index.js";

/** What is known after both orders of two documents were asked. */
export interface Outcome {
  /** p(i ≻ j), the mean over orders and judges. */
  readonly probability: number;
  /** 1 where every order favours i, weighed over the judges, −1 where every order favours j, else 0. */
  readonly verdict: -1 | 0 | 1;
}

/** What a pairwise method works on. Documents are known by their position among the distinct candidates. */
export interface PairwiseRun {
  /** How many documents there are, at least two. */
  readonly count: number;
  /** How many the caller wants to see. */
  readonly topN: number;
  /**
   * The best order known: every position once. A method that orders by itself writes to it whenever it knows a better
   * one, so that what ends it early leaves that.
   */
  order: number[];
  /** What the judges said so far, one entry per pair and judge. */
  readonly comparisons: readonly Comparison<number>[];
  /** Says how many pairs will be asked about, as far as known. */
  plan(pairs: number): void;
  /** Asks every judge, in both orders, once per pair; undefined where there is no usable answer. */
  compare(i: number, j: number): Promise<Outcome | undefined>;
}

/** Asks about pairs, and may improve `run.order`. */
export interface PairwiseMethod {
  readonly name: string;
  /** Whether documents are ordered by a fit of all comparisons, or by the method itself. */
  readonly orders: "by fit" | "by itself";
  ask(run: PairwiseRun): Promise<void>;
}
