import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ScoreStore } from "../score-store.js";

/** What every store must do. */
export function testStore(name: string, open: () => Promise<ScoreStore>): void {
  describe(name, () => {
    let store: ScoreStore;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());
    const bytes = (...values: number[]) => Uint8Array.from(values);
    const get = async (...keys: string[]) =>
      (await store.getMany(keys)).values.map((value) => value && Uint8Array.from(value));

    it("gives what was set, in the order of the keys", async () => {
      await store.setMany([
        ["a", bytes(1, 2)],
        ["b", bytes(3)],
      ]);
      expect(await get("b", "none", "a", "b")).toEqual([bytes(3), undefined, bytes(1, 2), bytes(3)]);
      expect((await store.getMany(["a"])).problem).toBeUndefined();
    });

    it("takes the latest of several values", async () => {
      await store.setMany([["c", bytes(1)]]);
      await store.setMany([["c", bytes(2)]]);
      expect(await get("c")).toEqual([bytes(2)]);
    });

    it("does not see what becomes of the bytes that it was given, or gave", async () => {
      const value = bytes(7, 7);
      await store.setMany([["d", value]]);
      value[0] = 0;
      const [given] = (await store.getMany(["d"])).values;
      given![1] = 0;
      expect(await get("d")).toEqual([bytes(7, 7)]);
    });

    it("takes none, and many at once", async () => {
      await store.setMany([]);
      expect(await get()).toEqual([]);
      const keys = Array.from({ length: 1203 }, (_, i) => `many ${i}`);
      await store.setMany(keys.map((key, i) => [key, bytes(i >> 8, i & 255)]));
      expect(await get(...keys)).toEqual(keys.map((_, i) => bytes(i >> 8, i & 255)));
    });

    it("keeps any bytes under any key", async () => {
      const entries = fc.uniqueArray(
        fc.tuple(fc.string({ minLength: 1, maxLength: 44 }), fc.uint8Array({ minLength: 1, maxLength: 30 })),
        { selector: ([key]) => key, maxLength: 20 },
      );
      await fc.assert(
        fc.asyncProperty(entries, async (given) => {
          await store.setMany(given);
          expect(await get(...given.map(([key]) => key))).toEqual(given.map(([, value]) => value));
        }),
        { numRuns: 30 },
      );
    });
  });
}
