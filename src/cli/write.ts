import { writeError } from "../files/write-error.js";
import type { OutputStream } from "./io.js";

/** Whoever read our output has gone, as `head` does when it has seen enough. Not worth a word. */
export class BrokenPipe extends Error {}

/** Writes and waits until the text has left. @throws BrokenPipe, RankwrightError DISK_FULL, WRITE_FAILED */
export function write(stream: OutputStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) reject(outputError(error));
      else resolve();
    });
  });
}

function outputError(error: Error): Error {
  const code = "code" in error ? error.code : undefined;
  if (code === "EPIPE" || code === "ERR_STREAM_DESTROYED") return new BrokenPipe();
  return writeError("standard output", error, "stdout");
}
