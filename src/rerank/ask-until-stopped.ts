import { orAborted } from "../files/or-aborted.js";
import { type StopReason, untilStopped } from "../llm/calls/index.js";
import type { OpenCalls } from "./open-calls.js";

/** What the calls of one request go through. */
interface Session {
  /** No call goes on after this. */
  end(): void;
  throwIfNothingAnswered(stop: StopReason | undefined): void;
}

/**
 * Lets a method ask until it is done or stopped, and gives up what is under way in any case.
 *
 * @returns why it was stopped; undefined where it is done
 * @throws RankwrightError ABORTED, and the first failure where no call at all was answered
 */
export async function askUntilStopped(
  calls: OpenCalls,
  session: Session,
  ask: () => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<StopReason | undefined> {
  let stop: StopReason | undefined;
  try {
    stop = await orAborted(
      calls.track(() => untilStopped(ask())),
      signal,
    );
  } finally {
    session.end();
  }
  session.throwIfNothingAnswered(stop);
  return stop;
}
