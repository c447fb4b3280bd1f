import type { RankwrightError } from "../types/index.js";
import type { RecordedAnswer } from "./answer/run-record.js";
import type { Dialect } from "./dialects/dialect.js";

/** One request and what becomes of it, as logs and metrics want to know. */
export interface Exchange {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** `performance.now()` value. */
  readonly started: number;
  /** The path where it is one of the server's, else `other`. */
  route: string;
  dialect?: Dialect | undefined;
  documents?: number | undefined;
  query?: string | undefined;
  answers?: readonly RecordedAnswer[] | undefined;
  error?: RankwrightError | undefined;
}
