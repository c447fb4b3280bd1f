import {
  type Duplicate,
  isDuplicate,
  type JournalEntry,
  JournalTotals,
  type Judgment,
} from "../../../llm/journal/index.js";
import type { JudgedPair } from "../report/judged-pair.js";

/** A document of a query, by their ids. */
export interface DocumentKey {
  readonly query: string;
  readonly document: string;
}

/** What one judge said of one pair; the names of `a` and `b` are those of `documentName`. */
export interface CollectedPair extends JudgedPair {
  readonly contenders: readonly [DocumentKey, DocumentKey];
}

/** A journal, pair by pair. */
export interface CollectedJudgments {
  readonly pairs: readonly CollectedPair[];
  readonly duplicates: readonly Duplicate[];
  readonly totals: JournalTotals;
}

export interface CollectOptions {
  /** `hard` takes 1 for a preference above 0.5, 0 for one below and 0.5 for a tie. Default: `soft`. */
  readonly votes?: "soft" | "hard" | undefined;
}

interface Orders extends Record<Judgment["order"], number | null | undefined> {
  readonly judge: string;
  readonly contenders: readonly [DocumentKey, DocumentKey];
}

/** Puts the two orders of each pair together. A pair counts where both have a usable answer. */
export async function collectJudgments(
  entries: AsyncIterable<JournalEntry> | Iterable<JournalEntry>,
  { votes = "soft" }: CollectOptions = {},
): Promise<CollectedJudgments> {
  const collected = new Map<string, Orders>();
  const duplicates: Duplicate[] = [];
  const totals = new JournalTotals();
  for await (const entry of entries) {
    if (isDuplicate(entry)) {
      duplicates.push(entry);
      continue;
    }
    const contenders = contendersOf(entry);
    const names = contenders.map(documentName);
    const turned = names[0]! > names[1]!;
    const key = JSON.stringify([entry.judge, ...(turned ? names.toReversed() : names)]);
    const order = turned === (entry.order === "ab") ? "ba" : "ab";
    let orders = collected.get(key);
    if (!orders) {
      const sorted = turned ? ([contenders[1], contenders[0]] as const) : contenders;
      orders = { judge: entry.judge, contenders: sorted, ab: undefined, ba: undefined };
      collected.set(key, orders);
    }
    // A line that came twice counts once.
    if (orders[order] !== undefined) continue;
    totals.add(entry);
    const { preference } = entry;
    const vote =
      preference === null ? null : votes === "hard" ? (Math.sign(preference - 0.5) + 1) / 2 : preference;
    orders[order] = vote === null ? null : turned ? 1 - vote : vote;
  }
  return { pairs: [...collected.values()].map(pairOf), duplicates, totals };
}

/** The same name for the same document of the same query, and no other. */
export function documentName({ query, document }: DocumentKey): string {
  return JSON.stringify([query, document]);
}

function contendersOf({ query, documents }: Judgment): readonly [DocumentKey, DocumentKey] {
  const [ofA, ofB] = typeof query === "string" ? [query, query] : query;
  return [
    { query: ofA, document: documents[0] },
    { query: ofB, document: documents[1] },
  ];
}

function pairOf({ judge, contenders, ab, ba }: Orders): CollectedPair {
  const [a, b] = contenders.map(documentName) as [string, string];
  const both = typeof ab === "number" && typeof ba === "number";
  return {
    ...{ judge, contenders, a, b },
    ...(typeof ab === "number" && { aFirst: ab }),
    ...(typeof ba === "number" && { bFirst: ba }),
    ...(both && { probability: (ab + ba) / 2 }),
  };
}
