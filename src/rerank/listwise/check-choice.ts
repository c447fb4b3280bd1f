import { invalid } from "../../numbers/check.js";

/** @throws RankwrightError INVALID_OPTION unless `value` is one of `choices` */
export function checkChoice(field: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw invalid(field, value, `pass ${choices.map((choice) => `"${choice}"`).join(" or ")}.`);
}
