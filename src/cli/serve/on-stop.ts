import { endBySignal, type Io } from "../io.js";

/**
 * Calls `stop` at the first SIGTERM or SIGINT; the second ends the process at once.
 *
 * @returns stops listening
 */
export function onStop({ signal }: Io, stop: () => void): () => void {
  let stopping = false;
  const asked = () => {
    if (stopping) {
      endBySignal();
      return;
    }
    stopping = true;
    stop();
  };
  process.on("SIGTERM", asked);
  signal.addEventListener("abort", asked);
  if (signal.aborted) asked();
  return () => {
    process.off("SIGTERM", asked);
    signal.removeEventListener("abort", asked);
  };
}
