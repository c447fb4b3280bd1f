export { JournalTotals, type JudgeTotals } from "./journal-totals.js";
export {
  type Duplicate,
  isDuplicate,
  type JournalEntry,
  type Judgment,
  type JudgmentKey,
} from "./judgment.js";
export type { KnownJudgment } from "./judgment-store.js";
export {
  type JudgmentJournal,
  type KnownJudgments,
  loadJudgments,
  type OpenJournalOptions,
  openJudgmentJournal,
} from "./open-journal.js";
export { type ReadJournalOptions, readJournal, type TornLine } from "./read-journal.js";
export { requestHash } from "./request-hash.js";
