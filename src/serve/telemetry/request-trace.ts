import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import type { RecordedAnswer } from "../answer/run-record.js";
import type { ServeRequest } from "../dialects/dialect.js";

export interface TraceOptions {
  /** File of JSON Lines that is added to. */
  readonly file: string;
  /** Share of requests that are written, drawn by chance. Default: 1. */
  readonly share?: number | undefined;
  /** Whether texts are written, not only their lengths. Default: false. */
  readonly content?: boolean | undefined;
  /** Called when the file cannot be written; nothing more is written after that. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/** Lines that wait for the disk; further ones are left out, since memory matters more. */
const WAITING_BYTES = 8 * 2 ** 20;

/** Writes what was asked and answered, to look into or to evaluate later. */
export class RequestTrace {
  readonly #stream: WriteStream;
  readonly #share: number;
  readonly #content: boolean;
  #broken = false;

  constructor({ file, share = 1, content = false, onError }: TraceOptions) {
    this.#share = share;
    this.#content = content;
    // Only for the owner: with content it holds what people searched for.
    this.#stream = createWriteStream(file, { flags: "a", mode: 0o600 });
    this.#stream.on("error", (error) => {
      this.#broken = true;
      onError?.(error);
    });
  }

  write(dialect: string, request: ServeRequest, answer: RecordedAnswer): void {
    if (this.#broken || Math.random() >= this.#share || this.#stream.writableLength > WAITING_BYTES) return;
    const text = (value: string) => (this.#content ? { text: value } : { characters: value.length });
    const line = {
      time: new Date().toISOString(),
      id: answer.id,
      dialect,
      model: answer.model,
      reranker: answer.record.reranker,
      query: text(request.query),
      documents: request.documents.map(({ id, text: value, title }) => ({
        ...(this.#content && { id, title }),
        ...text(value),
      })),
      results: answer.results.map(({ index, score }) => ({ index, score })),
      usage: answer.usage,
      timings: answer.timings,
      warnings: answer.warnings.map(({ code }) => code),
    };
    this.#stream.write(`${JSON.stringify(line)}\n`);
  }

  async close(): Promise<void> {
    if (this.#broken) return;
    this.#stream.end();
    await once(this.#stream, "close");
  }
}
