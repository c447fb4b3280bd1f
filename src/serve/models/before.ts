import { callLate } from "../../files/call-late.js";
import { RankwrightError } from "../../types/index.js";

/**
 * The outcome of `work`, unless the deadline comes first.
 *
 * @param deadline `performance.now()` value; none: waits for as long as it takes
 * @throws RankwrightError DEADLINE_EXCEEDED
 */
export async function before<T>(work: Promise<T>, deadline: number | undefined, what: string): Promise<T> {
  if (deadline === undefined) return work;
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    const refuse = () => {
      const message = `${what} when the time of the request was over; give more time, or try again shortly`;
      reject(new RankwrightError("DEADLINE_EXCEEDED", message, { field: "deadline" }));
    };
    cancel = callLate(Math.max(0, deadline - performance.now()), refuse);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    cancel();
  }
}
