import { RankwrightError } from "../../types/index.js";

/**
 * The outcome of `work`, unless the deadline comes first.
 *
 * @param deadline `performance.now()` value; none: waits for as long as it takes
 * @throws RankwrightError DEADLINE_EXCEEDED
 */
export async function before<T>(work: Promise<T>, deadline: number | undefined, what: string): Promise<T> {
  if (deadline === undefined) return work;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const refuse = () => {
      const message = `${what} when the time of the request was over; give more time, or try again shortly`;
      reject(new RankwrightError("DEADLINE_EXCEEDED", message, { field: "deadline" }));
    };
    // As long as a timer can be; nobody waits for longer than that.
    timer = setTimeout(refuse, Math.min(Math.max(0, deadline - performance.now()), 2 ** 31 - 1));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
