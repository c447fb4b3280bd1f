import { Worker } from "node:worker_threads";
import { RankwrightError } from "../../types/index.js";
import type { ReplyMessage, RequestMessage, Requests, WorkerSetup } from "./messages.js";

/**
 * The thread that computes, from the caller's side. It takes one request at a time, and keeps the process alive
 * only while it has one.
 */
export class WorkerThread {
  readonly #worker: Worker;
  readonly #started: Promise<unknown>;
  #waiting: { resolve(reply: unknown): void; reject(error: unknown): void } | undefined;
  #ended: unknown;

  private constructor(setup: WorkerSetup) {
    this.#worker = new Worker(new URL("./training-worker.js", import.meta.url), { workerData: setup });
    this.#worker.on("message", (message: ReplyMessage) => {
      if ("error" in message) this.#waiting?.reject(failure(message.error));
      else this.#waiting?.resolve(message.reply);
    });
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("its thread has ended")));
    this.#started = this.#reply();
  }

  /** @throws RankwrightError SESSION_FAILED when the runtime refuses the graph */
  static async start(setup: WorkerSetup): Promise<WorkerThread> {
    const thread = new WorkerThread(setup);
    try {
      await thread.#started;
      return thread;
    } catch (error) {
      await thread.close();
      throw error;
    }
  }

  /**
   * Not to be called while another request waits. Buffers in `transfer` are handed over.
   *
   * @throws RankwrightError SESSION_FAILED
   */
  async request<Kind extends keyof Requests>(
    kind: Kind,
    request: Requests[Kind]["request"],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Requests[Kind]["reply"]> {
    if (this.#ended !== undefined) throw failure(this.#ended);
    this.#worker.postMessage({ kind, request } satisfies RequestMessage, transfer);
    return (await this.#reply()) as Requests[Kind]["reply"];
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  async #reply(): Promise<unknown> {
    this.#worker.ref();
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting = { resolve, reject };
      });
    } finally {
      this.#worker.unref();
    }
  }

  #end(reason: unknown): void {
    this.#ended ??= reason;
    this.#waiting?.reject(failure(reason));
  }
}

function failure(reason: unknown): RankwrightError {
  const text = reason instanceof Error ? reason.message : String(reason);
  return new RankwrightError("SESSION_FAILED", `ONNX Runtime could not run the training graph: ${text}`, {
    field: "model",
    cause: reason,
  });
}
