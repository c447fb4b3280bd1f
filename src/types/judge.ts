import type { Document } from "./document.js";
import type { RemoteUsage } from "./rerank.js";

/** What a judge says of two documents a and b. */
export interface Preference {
  /**
   * p(a is more relevant than b), in [0, 1]; 0.5 is a tie. The mean of both orders, and undefined where either of them has
   * no usable answer: the other alone would favour a place.
   */
  readonly probability: number | undefined;
  /** The same with a shown first and with b shown first, for judges that see one before the other. */
  readonly orders?: readonly [aFirst: OrderedPreference, bFirst: OrderedPreference] | undefined;
  /** Whether the judge saw a, and b, in part only. Default: whole. */
  readonly truncated?: readonly [a: boolean, b: boolean] | undefined;
  /** What asking took; absent for judges that call no remote model. */
  readonly usage?: RemoteUsage | undefined;
}

/** What a judge says of two documents that it was shown in one order. */
export interface OrderedPreference {
  /** p(a ≻ b), whichever stood first. Undefined where the answer was of no use. */
  readonly probability: number | undefined;
  /** Why it was of no use: a class of answers such as `refused`, or the code of an error. */
  readonly failure?: string | undefined;
}

export interface PreferOptions {
  readonly signal?: AbortSignal | undefined;
  /** `performance.now()` value after which nobody waits for the answer. */
  readonly deadline?: number | undefined;
  /** What else the judge should know, for those that take an instruction. */
  readonly instruction?: string | undefined;
}

/** Compares two documents for one query. Judges that could favour what they read first ask in both orders. */
export interface Judge {
  readonly id: string;
  /** @throws RankwrightError ABORTED, DEADLINE_EXCEEDED, BUDGET_EXCEEDED, REMOTE_… */
  prefer(query: string, a: Document, b: Document, options?: PreferOptions): Promise<Preference>;
}
