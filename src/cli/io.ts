import type { Readable, Writable } from "node:stream";

export type InputStream = Readable & { readonly isTTY?: boolean | undefined };
export type OutputStream = Writable & {
  readonly isTTY?: boolean | undefined;
  /** Width of the terminal in characters. */
  readonly columns?: number | undefined;
  /** Where it is no terminal: milliseconds between two lines of progress. Default: 3000. */
  readonly progressMs?: number | undefined;
};

/** Everything of the process that a command touches, so that tests can hand in their own. */
export interface Io {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path that relative paths start from. */
  readonly cwd: string;
  /** Aborted when the user interrupts. */
  readonly signal: AbortSignal;
}

/** Columns to write in: 80 where nobody knows, as for files and terminals that say 0. */
export function widthOf({ columns }: OutputStream): number {
  return columns || 80;
}

export const INTERRUPTED = 130;

/** The running process. The first SIGINT aborts the work; a second one ends the process at once. */
export function processIo(): Io {
  const controller = new AbortController();
  process.on("SIGINT", () => {
    if (controller.signal.aborted) endBySignal();
    else controller.abort(new Error("interrupted"));
  });
  const { stdin, stdout, stderr, env } = process;
  return { stdin, stdout, stderr, env, cwd: process.cwd(), signal: controller.signal };
}

/**
 * Ends the process as SIGINT does by default, which shells report as 130 too. `process.exit` will not do:
 * it stops worker threads, and one that is inside the neural-network runtime then crashes the process.
 */
export function endBySignal(): void {
  process.removeAllListeners("SIGINT");
  process.kill(process.pid, "SIGINT");
}
