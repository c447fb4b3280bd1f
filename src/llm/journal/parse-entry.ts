import { isObject } from "../../files/json-lines.js";
import { show } from "../../types/index.js";
import type { JournalEntry, Judgment } from "./judgment.js";

type Record = Readonly<globalThis.Record<string, unknown>>;

const text = (value: unknown) => typeof value === "string";
const id = (value: unknown) => typeof value === "string" && value !== "";
const count = (value: unknown) =>
  value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0);
const amount = (value: unknown) => value === undefined || (Number.isFinite(value) && (value as number) >= 0);
const pair = (value: unknown) => Array.isArray(value) && value.length === 2 && value.every(id);
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown) =>
    values.includes(value);

const JUDGMENT: Readonly<globalThis.Record<string, (value: unknown) => boolean>> = {
  hash: (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
  judge: id,
  model: text,
  query: (value) => id(value) || pair(value),
  documents: pair,
  order: oneOf("ab", "ba"),
  answer: text,
  preference: (value) => value === null || (typeof value === "number" && value >= 0 && value <= 1),
  failure: (value) => value === undefined || text(value),
  source: oneOf(undefined, "logprobs", "verdict", "score"),
  promptTokens: count,
  completionTokens: count,
  cost: amount,
  attempts: count,
  unaccounted: count,
  latencyMs: (value) => value !== undefined && amount(value),
  time: (value) => typeof value === "string" && Number.isFinite(Date.parse(value)),
  copied: oneOf(undefined, true),
};
const DUPLICATE: typeof JUDGMENT = { duplicate: id, of: id, query: id };

/** The entry of a line. Fields that are not known are passed over. @throws Error with what is wrong, as in "order is 3" */
export function parseEntry(line: string): JournalEntry {
  const record: unknown = JSON.parse(line);
  if (!isObject(record)) throw new Error("the line is no object");
  check(record, "duplicate" in record ? DUPLICATE : JUDGMENT);
  const { query, documents } = record as Partial<Judgment>;
  if (typeof query === "string" && documents && documents[0] === documents[1]) {
    throw new Error(`documents is ${show(documents)}`);
  }
  return record as unknown as JournalEntry;
}

function check(record: Record, shape: typeof JUDGMENT): void {
  for (const [field, isRight] of Object.entries(shape)) {
    if (!isRight(record[field])) throw new Error(`${field} is ${show(record[field])}`);
  }
}
