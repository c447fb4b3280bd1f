import { RankwrightError } from "../types/index.js";

/** ABORTED, with the signal's reason as its cause. */
export function abortedError(signal: AbortSignal): RankwrightError {
  return new RankwrightError("ABORTED", "The call was aborted through its `signal`.", {
    field: "signal",
    cause: signal.reason,
  });
}
