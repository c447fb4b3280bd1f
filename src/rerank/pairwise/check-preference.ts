import { type Preference, RankwrightError, show } from "../../types/index.js";

/** Holds a judge to its contract. @throws RankwrightError INVALID_PLUGIN_RESULT */
export function checkPreference(judge: string, preference: Preference): void {
  const refuse = (field: string, value: unknown, rule: string): never => {
    const message = `Judge ${show(judge)} returned ${field} ${show(value)}; ${rule}.`;
    throw new RankwrightError("INVALID_PLUGIN_RESULT", message, { field, value });
  };
  const checkProbability = (field: string, value: unknown) => {
    if (value === undefined || (typeof value === "number" && value >= 0 && value <= 1)) return;
    refuse(field, value, "it must be a number from 0 to 1, or undefined where there is no answer");
  };
  if (typeof preference !== "object" || preference === null) {
    refuse("the preference", preference, "it must be { probability }");
  }
  const { probability, orders } = preference;
  checkProbability("probability", probability);
  if (orders === undefined) return;
  if (!Array.isArray(orders) || orders.length !== 2) refuse("orders", orders, "it must hold two orders");
  for (const [i, order] of orders.entries()) checkProbability(`orders[${i}].probability`, order?.probability);
}
