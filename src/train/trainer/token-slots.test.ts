import fc from "fast-check";
import { expect, it } from "vitest";
import { packSequences } from "../../models/pack.js";
import { tokenSlots } from "./token-slots.js";

it("says where every token stands in the padded batch", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(lengths, (sizes) => {
      const sequences = sizes.map((size) => ({ ids: new Int32Array(size), typeIds: new Int32Array(size) }));
      const feeds = packSequences(sequences, 2);
      const { data, dims } = tokenSlots(feeds);
      const tokens = sizes.reduce((a, b) => a + b);
      expect(dims).toEqual([tokens]);
      // No two in one slot, none in padding, and the slot names the token.
      expect(new Set(data as Int32Array).size).toBe(tokens);
      [...(data as Int32Array)].forEach((slot, token) => {
        expect(feeds.slotRows!.data[slot]).toBe(token);
        expect(feeds.mask!.data[slot]).toBe(0);
      });
    }),
  );
});
