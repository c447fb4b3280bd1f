import { setImmediate } from "node:timers/promises";

/** Milliseconds of work after which timers and sockets get their turn. */
const TURN_MS = 10;

/**
 * For long work on the main thread: a function to await between steps. It rejects with the signal's reason
 * once the signal is aborted, and lets the event loop run whenever the turn is over.
 */
export function takeTurns(signal: AbortSignal | undefined): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began >= TURN_MS) {
      await setImmediate();
      began = performance.now();
    }
    signal?.throwIfAborted();
  };
}
