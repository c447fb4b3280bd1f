import { checkNumbers, checkSameLength, invalid } from "../../numbers/check.js";

/**
 * Checks one label per number. @throws INVALID_OPTION for no items, numbers that are not finite, lengths
 * that differ or labels other than true and false
 */
export function checkLabelled(field: string, numbers: ArrayLike<number>, labels: readonly boolean[]): void {
  checkNumbers(field, numbers);
  checkSameLength("labels", labels, numbers, field);
  for (const [i, label] of labels.entries()) {
    if (typeof label === "boolean") continue;
    throw invalid(`labels[${i}]`, label, "pass true for relevant and false for not.");
  }
}

/** Indices of the numbers in ascending order. */
export function ascending(numbers: ArrayLike<number>): number[] {
  return Array.from({ length: numbers.length }, (_, i) => i).sort((i, j) => numbers[i]! - numbers[j]!);
}
