export { accounted, type Taken } from "./accounted.js";
export type { Budget } from "./budget.js";
export {
  Ledger,
  type LedgerEntry,
  type LedgerOptions,
  type LedgerSnapshot,
  type Purpose,
  type Reservation,
  type Spending,
} from "./ledger.js";
export { type MeteredOptions, metered } from "./metered.js";
export { type Consumption, costOf, type Price, type PriceTable } from "./price.js";
export { describeCost, type Tally } from "./tally.js";
export { type CountTokens, upperBound } from "./upper-bound.js";
