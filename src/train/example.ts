import type { Document } from "../types/index.js";

/**
 * One query with documents and what is known of them: the one form that every kind of training data takes.
 * A labelled pair is a list of one, a triple a list of two (targets 1 and 0).
 */
export interface TrainingExample {
  readonly query: string;
  /** At least one. */
  readonly documents: readonly Document[];
  /**
   * One finite number per document, higher is better: a grade, a probability or a teacher's score, as the
   * loss takes it.
   */
  readonly targets: readonly number[];
}
