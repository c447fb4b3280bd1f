import { RankwrightError, show } from "../../types/index.js";

/** @throws INVALID_OPTION unless the value is a number from 1e-6 to 1e6, so that float32 holds it and its inverse */
export function checkFactor(field: string, value: number): void {
  if (value >= 1e-6 && value <= 1e6) return;
  const message = `${field} is ${show(value)}; it must be a number from 0.000001 to 1000000`;
  throw new RankwrightError("INVALID_OPTION", message, { field, value });
}

/** @throws INVALID_OPTION unless the value is one of `choices` */
export function checkChoice(field: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  const names = choices.map((choice) => show(choice)).join(" or ");
  throw new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; it must be ${names}`, {
    field,
    value,
  });
}

/** @throws INVALID_OPTION unless the value is a whole number from 1 */
export function checkCutoff(k: number): void {
  if (Number.isSafeInteger(k) && k > 0) return;
  throw new RankwrightError("INVALID_OPTION", `k is ${show(k)}; it must be a whole number from 1`, {
    field: "k",
    value: k,
  });
}
