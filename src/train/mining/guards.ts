import { invalid } from "../../numbers/check.js";
import type { ScoreScale } from "../../types/index.js";

/**
 * When a teacher's score says that a mined negative may well be relevant. Each is off unless given; without
 * any, `relative` is 0.95.
 */
export interface NegativeGuards {
  /**
   * Drop above this share of the lowest positive's score (Moreira et al., "NV-Retriever", 2024: TopK-PercPos with
   * 0.95); above 0, at most 1. Of logits the sigmoids are compared.
   */
  readonly relative?: number | undefined;
  /** Drop above the lowest positive's score less this (NV-Retriever's TopK-MarginPos), as scores come; 0 or more. */
  readonly absolute?: number | undefined;
  /** Drop above this probability (Qu et al., "RocketQA", 2021: 0.1); above 0, at most 1. Not for similarities. */
  readonly probability?: number | undefined;
}

export type GuardName = keyof NegativeGuards;

export const DEFAULT_GUARDS: NegativeGuards = { relative: 0.95 };

/** @throws RankwrightError INVALID_OPTION for a value out of range or a guard that the scale has no meaning for */
export function checkGuards(guards: NegativeGuards, scale: ScoreScale): void {
  const { relative, absolute, probability } = guards;
  if (scale === "rank") {
    throw invalid("teacher.scoreScale", scale, "guards need scores; take a teacher that gives them.");
  }
  for (const [name, value] of Object.entries({ relative, probability })) {
    if (value !== undefined && !(value > 0 && value <= 1)) {
      throw invalid(`guards.${name}`, value, "pass a number above 0 and at most 1.");
    }
  }
  if (absolute !== undefined && !(Number.isFinite(absolute) && absolute >= 0)) {
    throw invalid("guards.absolute", absolute, "pass a finite number of 0 or more.");
  }
  if (probability !== undefined && scale === "similarity") {
    throw invalid(
      "guards.probability",
      probability,
      "similarities are no probabilities; use relative or absolute.",
    );
  }
}

/**
 * The first guard that a candidate fails, or undefined.
 *
 * @param positive the lowest score of a positive
 */
export function failedGuard(
  score: number,
  positive: number,
  { relative, absolute, probability }: NegativeGuards,
  scale: ScoreScale,
): GuardName | undefined {
  const share = (value: number) => (scale === "logit" ? 1 / (1 + Math.exp(-value)) : value);
  if (relative !== undefined && share(score) > relative * share(positive)) return "relative";
  if (absolute !== undefined && score > positive - absolute) return "absolute";
  if (probability !== undefined && share(score) > probability) return "probability";
  return undefined;
}
