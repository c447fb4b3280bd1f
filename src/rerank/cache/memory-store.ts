import { LRUCache } from "lru-cache";
import { RankwrightError, show } from "../../types/index.js";
import type { ScoreStore } from "./score-store.js";

export interface MemoryStoreOptions {
  /** Bytes that keys and values may take; a pair takes about 260. Default: 64 MiB. */
  readonly maxBytes?: number | undefined;
}

const DEFAULT_BYTES = 64 * 2 ** 20;
/** What an entry takes besides its characters: measured, 133 bytes of heap (Node 20), and room for the map to grow. */
const ENTRY_BYTES = 190;

/**
 * Keeps what was used last in the memory of this process.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function memoryStore({ maxBytes = DEFAULT_BYTES }: MemoryStoreOptions = {}): ScoreStore {
  if (!(Number.isSafeInteger(maxBytes) && maxBytes > 0)) {
    const message = `maxBytes is ${show(maxBytes)}; give a positive whole number`;
    throw new RankwrightError("INVALID_OPTION", message, { field: "maxBytes", value: maxBytes });
  }
  // As text of one byte a character a value takes half the heap that a Uint8Array takes.
  const known = new LRUCache<string, string>({
    maxSize: maxBytes,
    sizeCalculation: (value, key) => value.length + key.length + ENTRY_BYTES,
  });
  return {
    async getMany(keys) {
      const values = keys.map((key) => {
        const text = known.get(key);
        return text === undefined ? undefined : Buffer.from(text, "latin1");
      });
      return { values };
    },
    async setMany(entries) {
      for (const [key, value] of entries) known.set(key, Buffer.from(value).toString("latin1"));
    },
    async close() {
      known.clear();
    },
  };
}
