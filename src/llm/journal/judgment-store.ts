import { RankwrightError, show } from "../../types/index.js";
import { JournalTotals } from "./journal-totals.js";
import {
  type Duplicate,
  isDuplicate,
  type JournalEntry,
  type Judgment,
  type JudgmentKey,
} from "./judgment.js";
import { JudgmentIndex } from "./judgment-index.js";

/** What is known of a question. */
export interface KnownJudgment {
  /** p(a is more relevant than b); null where the answer could not be used. */
  readonly preference: number | null;
  /** Whether these very ids have a line; false where the same prompt was answered under others. */
  readonly recorded: boolean;
}

/** Everything in a journal, as far as it decides what is still to be asked. */
export class JudgmentStore {
  readonly totals = new JournalTotals();
  readonly #path: string;
  readonly #index = new JudgmentIndex();
  readonly #duplicates = new Set<string>();

  constructor(path: string) {
    this.#path = path;
  }

  get size(): number {
    return this.#index.size;
  }

  /** False for what is there already. */
  add(entry: JournalEntry): boolean {
    if (isDuplicate(entry)) {
      const before = this.#duplicates.size;
      return this.#duplicates.add(nameOf(entry)).size > before;
    }
    if (!this.#index.add(entry, entry.preference)) return false;
    this.totals.add(entry);
    return true;
  }

  /** @throws RankwrightError INVALID_JOURNAL where these ids were answered for another prompt */
  find(key: JudgmentKey): KnownJudgment | undefined {
    const known = this.#index.find(key);
    if (known && !known.samePrompt) throw otherPrompt(this.#path, key);
    const found = known ?? this.#index.findPrompt(key);
    return found && { preference: found.preference, recorded: known !== undefined };
  }
}

function nameOf({ query, duplicate }: Duplicate): string {
  return JSON.stringify([query, duplicate]);
}

function otherPrompt(path: string, { judge, query, documents }: JudgmentKey): RankwrightError {
  const message =
    `${path} holds what judge ${show(judge)} said of documents ${documents.map(show).join(" and ")} for query ${show(query)}, ` +
    "but to another prompt: a text, the template, the model or its settings have changed. Write to another file.";
  return new RankwrightError("INVALID_JOURNAL", message, { field: "hash", value: path });
}

export function askedTwice(path: string, { judge, query, documents }: Judgment): RankwrightError {
  const message = `${path} has an answer of judge ${show(judge)} to query ${show(query)}, documents ${documents.map(show).join(" and ")} already; ask \`find\` before asking a judge.`;
  return new RankwrightError("INVALID_JOURNAL", message, { field: "documents", value: documents });
}
