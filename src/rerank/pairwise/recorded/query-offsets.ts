import { type CrossComparison, fitOffsets, type PreferenceFit } from "../../../preference/index.js";
import type { DocumentKey } from "./collect-judgments.js";

/** What judges said of documents of two queries. */
export interface CrossPair {
  readonly contenders: readonly [DocumentKey, DocumentKey];
  readonly probability: number;
  readonly weight: number;
}

export interface QueryOffsets {
  /** In the unit of the fits. */
  readonly of: ReadonlyMap<string, { readonly offset: number; readonly standardError: number }>;
  /** Whether cross-query comparisons connect all queries. */
  readonly connected: boolean;
}

/** Of a score in logits, for one of Thurstone's Case V: Φ(x) is σ(1.702 x) within 0.0095, and p = Φ(Δ/√2). */
const CASE_V_LOGITS = 1.702 * Math.SQRT1_2;

/** What to add to the scores of each query so that scores of different queries can be compared. */
export function queryOffsets(
  fits: ReadonlyMap<string, PreferenceFit<string>>,
  cross: readonly CrossPair[],
  model: "bt" | "thurstone",
): QueryOffsets {
  if (cross.length === 0) return { of: new Map(), connected: fits.size <= 1 };
  const unit = model === "bt" ? 1 : CASE_V_LOGITS;
  const comparisons = cross.map(({ contenders: [a, b], probability, weight }): CrossComparison<string> => {
    const difference = fits.get(a.query)!.score(a.document) - fits.get(b.query)!.score(b.document);
    return { a: a.query, b: b.query, difference: unit * difference, probability, weight };
  });
  const fit = fitOffsets(comparisons, { items: [...fits.keys()] });
  const errors = fit.standardErrors();
  const of = new Map(
    fit.items.map((query, place) => [
      query,
      { offset: fit.scores[place]! / unit, standardError: errors[place]! / unit },
    ]),
  );
  return { of, connected: fit.connectivity.components.length === 1 };
}
