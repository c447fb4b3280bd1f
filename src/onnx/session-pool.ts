import { Worker } from "node:worker_threads";
import { RankwrightError } from "../types/index.js";
import type { ElementType, TensorData } from "./element-type.js";
import { sessionOptions } from "./session-options.js";

export interface Feed {
  readonly type: ElementType;
  readonly data: TensorData;
  readonly dims: readonly number[];
}
export type Feeds = Readonly<Record<string, Feed>>;
export type Outputs = Readonly<
  Record<string, { readonly data: Float32Array; readonly dims: readonly number[] }>
>;

/** What the worker thread is sent. */
export interface RunMessage {
  readonly id: number;
  readonly feeds: Feeds;
}

/** An input or output as a model file declares it; sizes are numbers or names. */
export interface TensorInfo {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

export interface PoolOptions {
  /** Sessions, each in a worker thread of its own. */
  readonly sessions: number;
  /** Threads that each session computes with. */
  readonly threadsPerSession: number;
}

/**
 * Several sessions of one model file, each in its own worker thread: runs overlap, and the caller's
 * event loop stays free. The workers do not keep the process alive while nothing runs.
 */
export class SessionPool {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #workers: readonly SessionWorker[];

  private constructor(workers: readonly SessionWorker[]) {
    this.#workers = workers;
    this.inputs = workers[0]?.inputs ?? [];
    this.outputs = workers[0]?.outputs ?? [];
  }

  /** @throws RankwrightError SESSION_FAILED when the runtime refuses the file. */
  static async open(path: string, options: PoolOptions): Promise<SessionPool> {
    const workers = Array.from(
      { length: options.sessions },
      () => new SessionWorker(path, options.threadsPerSession),
    );
    const started = await Promise.allSettled(workers.map((worker) => worker.ready));
    const failed = started.find((result) => result.status === "rejected");
    if (failed !== undefined) {
      await Promise.all(workers.map((worker) => worker.close()));
      throw failed.reason;
    }
    return new SessionPool(workers);
  }

  /** How many sessions can run at once. */
  get size(): number {
    return this.#workers.length;
  }

  /** Runs the model on the session that has least to do. The feeds' buffers are handed over. */
  run(feeds: Feeds): Promise<Outputs> {
    const worker = this.#workers.reduce((best, next) => (next.pending < best.pending ? next : best));
    return worker.run(feeds);
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.close()));
  }
}

interface Waiting {
  resolve(outputs: Outputs): void;
  reject(error: unknown): void;
}

class SessionWorker {
  readonly ready: Promise<void>;
  inputs: readonly TensorInfo[] = [];
  outputs: readonly TensorInfo[] = [];
  readonly #path: string;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 0;
  #ended: unknown;

  constructor(path: string, threads: number) {
    this.#path = path;
    this.#worker = new Worker(new URL("./session-worker.js", import.meta.url), {
      workerData: { path, options: sessionOptions(threads) },
    });
    this.ready = new Promise((resolve, reject) => {
      this.#waiting.set(-1, { resolve: () => resolve(), reject });
    });
    this.#worker.on("message", (message) => this.#receive(message));
    this.#worker.on("error", (error) => this.#end(error));
    this.#worker.on("exit", () => this.#end(new Error("its thread ended")));
  }

  /** Infinite once its thread has ended: it must not look idle to those who choose a session. */
  get pending(): number {
    return this.#ended === undefined ? this.#waiting.size : Number.POSITIVE_INFINITY;
  }

  run(feeds: Feeds): Promise<Outputs> {
    return new Promise((resolve, reject) => {
      if (this.#ended !== undefined) return reject(this.#failure("run", this.#ended));
      const spoilt = spoiltFeed(feeds);
      if (spoilt !== undefined) return reject(this.#failure("run", spoilt));
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      const buffers = new Set(Object.values(feeds).map((feed) => feed.data.buffer as ArrayBuffer));
      this.#worker.postMessage({ id, feeds } satisfies RunMessage, [...buffers]);
    });
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: {
    id?: number;
    ready?: boolean;
    error?: string;
    inputs?: readonly TensorInfo[];
    outputs?: unknown;
  }): void {
    if (message.ready === true) {
      this.inputs = message.inputs ?? [];
      this.outputs = message.outputs as readonly TensorInfo[];
    }
    const id = message.id ?? -1;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (message.error === undefined) waiting?.resolve(message.outputs as Outputs);
    else waiting?.reject(this.#failure(id < 0 ? "load" : "run", message.error));
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #end(reason: unknown): void {
    this.#ended ??= reason;
    for (const waiting of this.#waiting.values()) waiting.reject(this.#failure("run", reason));
    this.#waiting.clear();
  }

  #failure(step: "load" | "run", reason: unknown): RankwrightError {
    const text = reason instanceof Error ? reason.message : String(reason);
    return new RankwrightError("SESSION_FAILED", `ONNX Runtime could not ${step} ${this.#path}: ${text}`, {
      field: "model",
      value: this.#path,
      cause: reason,
    });
  }
}

/** A worker would never answer a message whose buffers were handed over before. */
function spoiltFeed(feeds: Feeds): string | undefined {
  for (const [name, { data, dims }] of Object.entries(feeds)) {
    const size = dims.reduce((product, dim) => product * dim, 1);
    if (data.length !== size) {
      return `feed ${name} holds ${data.length} elements, but its dims [${dims.join(", ")}] need ${size}; every run needs fresh buffers, because it takes them over`;
    }
  }
  return undefined;
}
