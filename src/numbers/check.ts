import { RankwrightError, show } from "../types/error.js";

/** An INVALID_OPTION error whose message names the field, the value and the mend. */
export function invalid(field: string, value: unknown, mend: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}: ${mend}`, { field, value });
}

/** @throws INVALID_OPTION unless `value` is a whole number from `least` to `most` */
export function checkWhole(
  field: string,
  value: number,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw invalid(field, value, `pass a whole number ${range}.`);
}

/** @throws INVALID_OPTION unless 0 < value < 1 */
export function checkFraction(field: string, value: number): void {
  if (typeof value === "number" && value > 0 && value < 1) return;
  throw invalid(field, value, "pass a number above 0 and below 1, such as 0.95.");
}

/** @throws INVALID_OPTION unless `value` is a finite number */
export function checkFinite(field: string, value: number): void {
  if (!Number.isFinite(value)) throw invalid(field, value, "pass a finite number.");
}

/** @throws INVALID_OPTION unless `value` is finite and above 0 */
export function checkPositive(field: string, value: number): void {
  if (Number.isFinite(value) && value > 0) return;
  throw invalid(field, value, "pass a finite number above 0.");
}

/** @throws INVALID_OPTION unless `values` holds at least `least` numbers, all of them finite */
export function checkNumbers(field: string, values: ArrayLike<number>, least = 1): void {
  if (typeof values !== "object" || values === null || !Number.isSafeInteger(values.length))
    throw invalid(field, values, "pass an array of finite numbers.");
  checkCount(field, values, least);
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw invalid(`${field}[${i}]`, values[i], "pass finite numbers only; leave out what has no value.");
  }
}

/** @throws INVALID_OPTION unless `values` holds at least `least` items */
export function checkCount(field: string, values: ArrayLike<unknown>, least: number): void {
  if (values.length < least) throw invalid(`${field}.length`, values.length, `at least ${least} needed.`);
}

/** @throws INVALID_OPTION unless `values` is as long as `other` */
export function checkSameLength(
  field: string,
  values: ArrayLike<unknown>,
  other: ArrayLike<unknown>,
  otherField: string,
): void {
  if (values.length === other.length) return;
  const mend = `${otherField}.length is ${other.length}; align the two, one entry each in the same order.`;
  throw invalid(`${field}.length`, values.length, mend);
}
