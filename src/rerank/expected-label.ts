import type { LabelLogprobs } from "../llm/parsing/index.js";
import { logAddExp } from "../llm/parsing/index.js";
import type { RelevanceLabel } from "../llm/prompts/index.js";
import { probability } from "../models/heads.js";

/** Whether labels only say yes (1) and no (0). */
export function isBinary(labels: readonly RelevanceLabel[]): boolean {
  return labels.every(({ value }) => value === 0 || value === 1);
}

/**
 * The expected value of a label: for yes and no the probability of yes, strictly between 0 and 1; for grades Σ p·grade.
 * Only the labels share the probability. One that is not among the alternatives has the most that it could have.
 */
export function expectedLabel({ values, bound }: LabelLogprobs, labels: readonly RelevanceLabel[]): number {
  const logprobs = values.map((value) => Math.max(value, bound));
  if (isBinary(labels)) {
    const sum = (wanted: number) =>
      labels.reduce(
        (total, { value }, k) => (value === wanted ? logAddExp(total, logprobs[k]!) : total),
        -Infinity,
      );
    return probability(sum(1) - sum(0));
  }
  const total = logprobs.reduce(logAddExp, Number.NEGATIVE_INFINITY);
  return labels.reduce((mean, { value }, k) => mean + value * Math.exp(logprobs[k]! - total), 0);
}

/** What a label alone is worth, with yes and no as near to 1 and 0 as probabilities come. */
export function verdictValue(label: RelevanceLabel, labels: readonly RelevanceLabel[]): number {
  if (!isBinary(labels)) return label.value;
  return probability(label.value === 1 ? Infinity : -Infinity);
}
