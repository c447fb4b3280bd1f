import { type BatchFigures, RankwrightError, type Reranker } from "../../types/index.js";
import type { ModelInfo, ModelState, ModelStatus, ServedModel } from "./served-model.js";

/** Milliseconds before a load that failed is tried again; doubled with every failure up to the second figure. */
const RETRY_MS = [1000, 60_000] as const;

/** What happens to models, for logs and metrics. */
export interface HostEvents {
  loaded?(model: string, ms: number): void;
  failed?(model: string, error: unknown, retryMs: number): void;
  undescribed?(model: string, error: unknown): void;
  batch?(model: string, batch: BatchFigures): void;
  unloaded?(model: string, reason: "idle" | "memory" | "shutdown"): void;
}

/** One model of the host: loaded at most once at a time, closed only when nobody uses it. */
export class HostEntry {
  readonly model: ServedModel;
  /** `performance.now()` of the last use. */
  lastUsed = 0;
  /** Bytes by which the process grew when it was loaded. */
  bytes = 0;
  readonly #events: HostEvents;
  #status: ModelStatus = "new";
  #info: ModelInfo | undefined;
  #loading: Promise<Reranker> | undefined;
  #closing: Promise<void> | undefined;
  #reranker: Reranker | undefined;
  #working = 0;
  #failures = 0;
  #failure: { readonly error: unknown; readonly until: number } | undefined;

  constructor(model: ServedModel, events: HostEvents) {
    this.model = model;
    this.#events = events;
  }

  get state(): ModelState {
    const { name, aliases = [] } = this.model;
    return {
      name,
      aliases,
      status: this.#status,
      working: this.#working,
      info: this.#info ?? {},
      load: this.#reranker?.load,
    };
  }

  /** Whether it takes memory that could be given back now. */
  get unused(): boolean {
    return this.#reranker !== undefined && this.#working === 0;
  }

  /** Counts a user; the model stays loaded until `leave`. */
  enter(): void {
    this.#working++;
  }

  leave(): void {
    this.#working--;
    this.lastUsed = performance.now();
  }

  /** @throws RankwrightError MODEL_UNAVAILABLE */
  reranker(prepare: () => Promise<void>): Promise<Reranker> {
    if (this.#reranker !== undefined) return Promise.resolve(this.#reranker);
    if (this.#loading !== undefined) return this.#loading;
    const failure = this.#failure;
    const now = performance.now();
    if (failure !== undefined && now < failure.until) {
      return Promise.reject(this.#unavailable(failure.error, failure.until - now));
    }
    this.#loading = this.#load(prepare).finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Gives the memory back. While the model is used this does nothing, except at the end, when it waits for calls. */
  async unload(reason: "idle" | "memory" | "shutdown"): Promise<void> {
    const reranker = this.#reranker;
    if (reranker === undefined || (this.#working > 0 && reason !== "shutdown")) return;
    this.#reranker = undefined;
    this.#status = "idle";
    // A load that begins meanwhile waits, so that the model is never in memory twice.
    this.#closing = reranker.close().finally(() => {
      this.#closing = undefined;
    });
    await this.#closing;
    this.#events.unloaded?.(this.model.name, reason);
  }

  async #load(prepare: () => Promise<void>): Promise<Reranker> {
    this.#status = "loading";
    await this.#closing?.catch(() => undefined);
    const started = performance.now();
    try {
      await prepare();
      const before = process.memoryUsage.rss();
      const reranker = await this.model.load();
      this.bytes = Math.max(this.bytes, process.memoryUsage.rss() - before);
      reranker.load?.onBatch?.((batch) => this.#events.batch?.(this.model.name, batch));
      this.#info ??= await this.#describe();
      this.#reranker = reranker;
      this.#status = "loaded";
      this.#failures = 0;
      this.#failure = undefined;
      this.lastUsed = performance.now();
      this.#events.loaded?.(this.model.name, performance.now() - started);
      return reranker;
    } catch (error) {
      const [first, most] = RETRY_MS;
      const wait = Math.min(most, first * 2 ** this.#failures++);
      this.#status = "failed";
      this.#failure = { error, until: performance.now() + wait };
      this.#events.failed?.(this.model.name, error, wait);
      throw this.#unavailable(error, wait);
    }
  }

  /** A model that cannot be described still ranks. */
  async #describe(): Promise<ModelInfo> {
    try {
      return (await this.model.info?.()) ?? {};
    } catch (error) {
      this.#events.undescribed?.(this.model.name, error);
      return {};
    }
  }

  /** The cause goes to the log alone: it may name files that callers have no business with. */
  #unavailable(cause: unknown, waitMs: number): RankwrightError {
    const code = RankwrightError.isInstance(cause) ? cause.code : "INTERNAL";
    const seconds = Math.ceil(waitMs / 1000);
    return new RankwrightError(
      "MODEL_UNAVAILABLE",
      `model ${this.model.name} could not be loaded (${code}); it is tried again in ${seconds} s, and the server's log says more`,
      // The seconds become Retry-After.
      { field: "model", value: seconds, cause },
    );
  }
}
