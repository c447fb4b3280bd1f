import { orAborted } from "../../files/or-aborted.js";
import { RankwrightError, type Reranker, show } from "../../types/index.js";
import { before } from "./before.js";
import { HostEntry, type HostEvents } from "./host-entry.js";
import type { ModelState, ServedModel } from "./served-model.js";

export interface HostOptions {
  /** Answers requests without a model name. Default: the first. */
  readonly defaultModel?: string | undefined;
  /** Whether it also answers names that no model has. Default: false, they are UNKNOWN_MODEL. */
  readonly defaultForUnknown?: boolean | undefined;
  /** Unload a model after so many milliseconds without a request. Default: never. */
  readonly idleMs?: number | undefined;
  /**
   * While the process holds, or with the model about to be loaded would hold, more bytes, models without work are
   * unloaded, those used least recently first; the one used last stays. Default: no bound.
   */
  readonly maxMemoryBytes?: number | undefined;
  /** Bytes that the process holds; stands in for measuring them. */
  readonly memory?: (() => number) | undefined;
  readonly events?: HostEvents | undefined;
}

/** How long somebody waits for a model to be loaded. */
export interface Patience {
  readonly signal?: AbortSignal | undefined;
  /** `performance.now()` value. */
  readonly deadline?: number | undefined;
}

/** Longest time between two looks at what is unused. */
const SWEEP_MS = 10_000;

/** Several models in one process, by name: loaded when they are needed, unloaded when they are not. */
export class ModelHost {
  readonly #entries: readonly HostEntry[];
  readonly #byName = new Map<string, HostEntry>();
  readonly #default: HostEntry;
  readonly #options: HostOptions;
  readonly #sweep: NodeJS.Timeout | undefined;

  /** @throws RankwrightError INVALID_OPTION for no models, names that are taken twice, or an unknown default */
  constructor(models: readonly ServedModel[], options: HostOptions = {}) {
    this.#options = options;
    this.#entries = models.map((model) => new HostEntry(model, options.events ?? {}));
    for (const entry of this.#entries) {
      for (const name of [entry.model.name, ...(entry.model.aliases ?? [])]) {
        if (name.trim() === "") throw invalid("models", name, "a model's name is empty; give it one");
        if (this.#byName.has(name)) {
          throw invalid("models", name, `two models or aliases are called ${show(name)}; rename one`);
        }
        this.#byName.set(name, entry);
      }
    }
    const first = options.defaultModel ?? models[0]?.name;
    if (first === undefined) throw invalid("models", models, "models is empty; serve at least one");
    const found = this.#byName.get(first);
    if (found === undefined) {
      const mend = `name one of ${[...this.#byName.keys()].join(", ")}`;
      throw invalid(
        "defaultModel",
        first,
        `defaultModel is ${show(first)}, which no model is called; ${mend}`,
      );
    }
    this.#default = found;
    const { idleMs = Number.POSITIVE_INFINITY, maxMemoryBytes } = options;
    for (const [name, value] of Object.entries({ idleMs, maxMemoryBytes })) {
      if (value === undefined || value > 0) continue;
      throw invalid(name, value, `${name} is ${show(value)}; give a number above 0, or leave it out`);
    }
    if (Number.isFinite(idleMs) || maxMemoryBytes !== undefined) {
      this.#sweep = setInterval(
        () => this.#unloadUnused(idleMs),
        Math.min(Math.max(idleMs / 4, 10), SWEEP_MS),
      );
      this.#sweep.unref();
    }
  }

  /** @returns the name of the model that answers to `name`. @throws RankwrightError UNKNOWN_MODEL */
  resolve(name: string | undefined): string {
    return this.#find(name).model.name;
  }

  /** @throws RankwrightError UNKNOWN_MODEL */
  state(name: string): ModelState {
    return this.#find(name).state;
  }

  /** The default model first. */
  states(): readonly ModelState[] {
    const others = this.#entries.filter((entry) => entry !== this.#default);
    return [this.#default, ...others].map((entry) => entry.state);
  }

  /**
   * Works with a model, loading it first where it is not in memory; until `work` ends it is not unloaded. Whoever
   * gives up does not wait for the load, which goes on for the others.
   *
   * @throws RankwrightError UNKNOWN_MODEL, MODEL_UNAVAILABLE, ABORTED, DEADLINE_EXCEEDED, and what `work` throws
   */
  async use<T>(
    name: string | undefined,
    work: (reranker: Reranker, waitedMs: number) => Promise<T>,
    { signal, deadline }: Patience = {},
  ): Promise<T> {
    const entry = this.#find(name);
    const started = performance.now();
    entry.enter();
    try {
      const loaded = entry.reranker(() => this.#makeRoom(entry.bytes, entry));
      const patient = before(loaded, deadline, `model ${entry.model.name} was still loading`);
      const reranker = await orAborted(patient, signal);
      return await work(reranker, performance.now() - started);
    } finally {
      entry.leave();
    }
  }

  /** Unloads every model. Call it when nothing is under way; a load that is still running is waited for. */
  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await Promise.all(
      this.#entries.map(async (entry) => {
        if (entry.state.status === "loading") {
          await entry.reranker(async () => undefined).catch(() => undefined);
        }
        await entry.unload("shutdown");
      }),
    );
  }

  #find(name: string | undefined): HostEntry {
    if (name === undefined) return this.#default;
    const entry = this.#byName.get(name) ?? (this.#options.defaultForUnknown ? this.#default : undefined);
    if (entry !== undefined) return entry;
    const served = [...this.#byName.keys()].join(", ");
    throw new RankwrightError("UNKNOWN_MODEL", `model is ${show(name)}; this server has ${served}`, {
      field: "model",
      value: name,
    });
  }

  #unloadUnused(idleMs: number): void {
    const now = performance.now();
    for (const entry of this.#entries) {
      if (entry.unused && now - entry.lastUsed >= idleMs) void entry.unload("idle").catch(() => undefined);
    }
    const [last] = this.#entries.toSorted((a, b) => b.lastUsed - a.lastUsed);
    if (last !== undefined) void this.#makeRoom(0, last);
  }

  /** Unloads all but `kept` until `bytes` more fit or nothing is left to unload. */
  async #makeRoom(bytes: number, kept: HostEntry): Promise<void> {
    const { maxMemoryBytes, memory = () => process.memoryUsage.rss() } = this.#options;
    if (maxMemoryBytes === undefined) return;
    while (memory() + bytes > maxMemoryBytes) {
      const [oldest] = this.#entries
        .filter((entry) => entry !== kept && entry.unused)
        .sort((a, b) => a.lastUsed - b.lastUsed);
      if (oldest === undefined) return;
      await oldest.unload("memory").catch(() => undefined);
    }
  }
}

function invalid(field: string, value: unknown, message: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", message, { field, value });
}
