/** One answer of one judge to one question, as a line of a journal holds it. */
export interface Judgment extends JudgmentKey {
  /** The model as its server names it. */
  readonly model: string;
  /** What the model wrote. */
  readonly answer: string;
  /** p(a is more relevant than b) in this order, in [0, 1]; null where the answer could not be used. */
  readonly preference: number | null;
  /** Why it could not be used: `refused`, `malformed`, `truncated` … */
  readonly failure?: string | undefined;
  /** What the preference was read from. */
  readonly source?: "logprobs" | "verdict" | "score" | undefined;
  readonly promptTokens?: number | undefined;
  readonly completionTokens?: number | undefined;
  /** In the currency of the price table; absent where the price or the tokens are unknown. */
  readonly cost?: number | undefined;
  /** From the first attempt to the answer. */
  readonly latencyMs: number;
  /** Requests that it took; 1 where absent. */
  readonly attempts?: number | undefined;
  /** Of these, how many ended without an answer and may be billed all the same. */
  readonly unaccounted?: number | undefined;
  /** When the answer came, ISO 8601. */
  readonly time: string;
  /** The same prompt had been answered under other ids: no call was made for this line. */
  readonly copied?: true | undefined;
}

/** What tells one question from another. */
export interface JudgmentKey {
  /** sha256 of the exact request and of the model's id, see `requestHash`; 64 hexadecimal digits. */
  readonly hash: string;
  readonly judge: string;
  /** Id of the query; two where each document was judged for a query of its own. */
  readonly query: string | readonly [ofA: string, ofB: string];
  /** Ids. */
  readonly documents: readonly [a: string, b: string];
  /** Which of them stood first in the prompt. */
  readonly order: "ab" | "ba";
}

/** A document that reads like another of the same query, which was judged in its stead. */
export interface Duplicate {
  readonly duplicate: string;
  readonly of: string;
  readonly query: string;
}

export type JournalEntry = Judgment | Duplicate;

export function isDuplicate(entry: JournalEntry): entry is Duplicate {
  return "duplicate" in entry;
}
