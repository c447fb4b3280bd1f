import type { FileHandle } from "node:fs/promises";
import { writeError } from "../../files/write-error.js";

interface Batch {
  readonly lines: string[];
  readonly done: Promise<void>;
}

/**
 * Adds lines to the end of a file that nobody else writes. Lines that come while others are being written go
 * together: one write and one fdatasync for all of them. After a failure the file is cut back to whole lines,
 * and every later line is refused.
 */
export class LineWriter {
  readonly #file: FileHandle;
  readonly #path: string;
  /** Bytes that are whole lines and on disk. */
  #size: number;
  /** Lines that are not being written yet. */
  #batch: Batch | undefined;
  #last: Promise<void> = Promise.resolve();
  #failure: unknown;

  /** @param size bytes of the file, which end with a line end */
  constructor(file: FileHandle, path: string, size: number) {
    this.#file = file;
    this.#path = path;
    this.#size = size;
  }

  /** Resolves when the line is on disk. @throws RankwrightError DISK_FULL, WRITE_FAILED */
  add(line: string): Promise<void> {
    this.#batch ??= this.#begin();
    this.#batch.lines.push(line);
    return this.#batch.done;
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#last;
    await this.#file.close();
  }

  #begin(): Batch {
    const lines: string[] = [];
    const done = this.#last.then(() => {
      this.#batch = undefined;
      return this.#write(lines.join(""));
    });
    this.#last = done.catch(() => undefined);
    return { lines, done };
  }

  async #write(text: string): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      await this.#file.appendFile(text);
      await this.#file.datasync();
      this.#size += Buffer.byteLength(text);
    } catch (cause) {
      this.#failure = writeError(this.#path, cause);
      await this.#file.truncate(this.#size).catch(() => undefined);
      throw this.#failure;
    }
  }
}
