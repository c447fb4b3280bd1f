import { checkFraction, checkWhole } from "../../numbers/check.js";

/** @throws INVALID_OPTION unless 0 ≤ successes ≤ trials, trials ≥ 1, both whole, and 0 < confidence < 1 */
export function checkTrials(successes: number, trials: number, confidence: number): void {
  checkWhole("trials", trials, 1);
  checkWhole("successes", successes, 0, trials);
  checkFraction("confidence", confidence);
}
