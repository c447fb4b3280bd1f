import { setImmediate } from "node:timers/promises";
import { abortedError } from "../files/aborted-error.js";

/** Milliseconds of work after which timers and sockets get their turn. */
const TURN_MS = 10;

/**
 * For long work on the main thread: a function to await between steps. It lets the event loop run whenever a
 * turn is over, and calls `onTurn` then; it rejects with ABORTED once the signal is aborted.
 */
export function eventLoopTurns(signal: AbortSignal | undefined, onTurn?: () => void): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began >= TURN_MS) {
      onTurn?.();
      await setImmediate();
      began = performance.now();
    }
    if (signal?.aborted) throw abortedError(signal);
  };
}
