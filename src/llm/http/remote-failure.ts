import { type ErrorCode, type ErrorDetails, RankwrightError } from "../../types/index.js";

export interface RemoteDetails extends ErrorDetails {
  readonly status?: number | undefined;
  readonly retryable?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly mayBeBilled?: boolean | undefined;
  /** The server's words, redacted. */
  readonly said?: string | undefined;
}

/** An error of talking to a server, with what retries, fallbacks and the ledger need to know. */
export class RemoteFailure extends RankwrightError {
  /** Of the answer, where there was one. */
  readonly status: number | undefined;
  readonly retryable: boolean;
  /** The pause that the server asked for. */
  readonly retryAfterMs: number | undefined;
  /** The server got the request, and nobody knows whether it bills the work. */
  readonly mayBeBilled: boolean;
  /** The server's words, codes included, redacted; "" without any. */
  readonly said: string;
  /** Requests that were sent before the call gave up. */
  attempts = 0;
  /** Of the attempts, those that may be billed although nobody saw an answer. */
  unaccounted: number;

  constructor(code: ErrorCode, message: string, details: RemoteDetails = {}) {
    super(code, message, details);
    this.status = details.status;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.mayBeBilled = details.mayBeBilled ?? false;
    this.unaccounted = this.mayBeBilled ? 1 : 0;
    this.said = details.said ?? "";
  }
}
