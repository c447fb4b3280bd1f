import type { Warning } from "../types/index.js";
import type { Io } from "./io.js";
import type { Progress } from "./terminal/progress.js";

/** Writes warnings to standard error, clear of the progress line. */
export function warner({ stderr }: Io, progress: Progress): (warning: Warning) => void {
  return ({ code, message }) => {
    progress.end();
    stderr.write(`rankwright: warning: ${code}: ${message}\n`);
  };
}

/** Does the same, and keeps the messages for a report. */
export function collectingWarner(io: Io, progress: Progress) {
  const warnings: string[] = [];
  const warn = warner(io, progress);
  const onWarning = (warning: Warning): void => {
    warnings.push(warning.message);
    warn(warning);
  };
  return { warnings, onWarning };
}
