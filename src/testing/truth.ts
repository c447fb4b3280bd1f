/**
 * What is really relevant: scores in logits, so that of two documents the first is better with probability
 * σ(its score − the other's). Either text by text, whatever the query, or by a function of both.
 */
export type Truth = ReadonlyMap<string, number> | TruthFunction;

export interface TruthFunction {
  /** Every text that may occur in a prompt. */
  readonly documents: Iterable<string>;
  /** Every query that may occur; without them `query` is undefined. */
  readonly queries?: Iterable<string> | undefined;
  /** Logits; finite. */
  score(document: string, query: string | undefined): number;
}

export function truthFunction(truth: Truth): TruthFunction {
  if (!(truth instanceof Map)) return truth as TruthFunction;
  const scores: ReadonlyMap<string, number> = truth;
  return { documents: scores.keys(), score: (document) => scores.get(document) as number };
}
