import type { ScoreStore } from "./score-store.js";

/** Asks a near store first and a far one for what it does not know, which the near one then keeps. */
export function tieredStore(near: ScoreStore, far: ScoreStore): ScoreStore {
  return {
    async getMany(keys) {
      const { values, problem } = await near.getMany(keys);
      const missing = keys.flatMap((_, i) => (values[i] === undefined ? [i] : []));
      if (missing.length === 0) return { values, problem };
      const asked = await far.getMany(missing.map((i) => keys[i]!));
      const all = [...values];
      const found: [string, Uint8Array][] = [];
      for (const [k, i] of missing.entries()) {
        const value = asked.values[k];
        if (value === undefined) continue;
        all[i] = value;
        found.push([keys[i]!, value]);
      }
      if (found.length > 0) await near.setMany(found);
      return { values: all, problem: problem ?? asked.problem };
    },
    async setMany(entries) {
      await Promise.all([near.setMany(entries), far.setMany(entries)]);
    },
    async close() {
      await Promise.all([near.close(), far.close()]);
    },
  };
}
