import type { Reranker } from "../types/index.js";
import { handle } from "./handle.js";

interface Entry {
  readonly loading: Promise<Reranker>;
  users: number;
}

/** Loads a model once for all who want it at the same time, and closes it when the last of them has closed theirs. */
export class SharedModels {
  readonly #entries = new Map<string, Entry>();

  /** @param key Equal for models that are the same in every respect. */
  async use(key: string, load: () => Promise<Reranker>): Promise<Reranker> {
    const entry = this.#entries.get(key) ?? { loading: load(), users: 0 };
    this.#entries.set(key, entry);
    const isFirst = entry.users === 0;
    entry.users++;
    const leave = async () => {
      entry.users--;
      if (entry.users > 0) return;
      // Whoever comes now loads it again.
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
      await (await entry.loading).close();
    };
    try {
      return handle(await entry.loading, leave, isFirst);
    } catch (error) {
      // There is nothing to close.
      await leave().catch(() => undefined);
      throw error;
    }
  }
}
