import { RankwrightError, show } from "../../types/index.js";
import type { Parameter } from "./measure-family.js";

/**
 * Reads a parameter's value.
 *
 * @throws RankwrightError INVALID_MEASURE for what is no number, not whole, or outside the range
 */
export function parameterValue(
  measure: string,
  name: string,
  text: string,
  parameter: Parameter,
): number | string {
  if (parameter.kind === "word") {
    const word = parameter.words.find((word) => word === text.toLowerCase());
    if (word !== undefined) return word;
  } else if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    const value = Number(text);
    const { min, max, open } = parameter;
    const inside = open ? value > min && value < max : value >= min && value <= max;
    if (inside && (parameter.kind === "number" || Number.isInteger(value))) return value;
  }
  throw new RankwrightError(
    "INVALID_MEASURE",
    `${name} of the measure ${show(measure)} is ${show(text)}; it must be ${describeRange(parameter)}`,
    { field: name, value: text },
  );
}

/** What a parameter takes, in words: `a whole number of 1 or more`. */
export function describeRange(parameter: Parameter): string {
  if (parameter.kind === "word") return parameter.words.join(" or ");
  const { kind, min, max, open } = parameter;
  const what = kind === "whole" ? "a whole number" : "a number";
  const lower = min > -Number.MAX_VALUE;
  const upper = max < Number.MAX_SAFE_INTEGER;
  if (lower && upper) return open ? `${what} between ${min} and ${max}` : `${what} from ${min} to ${max}`;
  if (lower) return open ? `${what} above ${min}` : `${what} of ${min} or more`;
  return what;
}
