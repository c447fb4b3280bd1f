import { RankwrightError } from "../../types/index.js";
import type { ChatOptions } from "../chat-model.js";
import { RemoteFailure } from "../http/remote-failure.js";
import type { Ledger, Purpose } from "./ledger.js";
import type { Consumption } from "./price.js";

/** What an answered call took. */
export interface Taken {
  readonly used: Consumption | undefined;
  readonly answeredBy?: string | undefined;
  readonly attempts: number;
  readonly unaccounted?: number | undefined;
}

/**
 * Makes a call with room in the budget for it, and writes down what it took. One that failed so that it may be billed
 * counts as one of unknown cost.
 *
 * @param most The most that it can take.
 * @throws RankwrightError BUDGET_EXCEEDED, and what the call throws
 */
export async function accounted<T>(
  ledger: Ledger,
  purpose: Purpose,
  most: Consumption,
  call: () => Promise<T>,
  takenBy: (value: T) => Taken,
  options: ChatOptions,
): Promise<{ readonly value: T; readonly cost: number | undefined }> {
  const reservation = await ledger.reserve(purpose, most, options);
  let value: T;
  try {
    value = await call();
  } catch (error) {
    // An error of somebody else's does not tell: the call may have been billed.
    const lost = error instanceof RemoteFailure ? error.unaccounted : isRefused(error) ? 0 : 1;
    if (lost === 0) reservation.release();
    else reservation.abandon(lost);
    throw error;
  }
  const { used, answeredBy, attempts, unaccounted: lost = 0 } = takenBy(value);
  return { value, cost: reservation.settle({ used, answeredBy, requests: attempts - lost }, lost) };
}

/** Nothing was sent. */
function isRefused(error: unknown): boolean {
  return (
    RankwrightError.isInstance(error) && (error.code === "INVALID_OPTION" || error.code === "BUDGET_EXCEEDED")
  );
}
