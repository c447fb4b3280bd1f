import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packSequences } from "./pack.js";

const sequence = (...ids: number[]) => ({
  ids: Int32Array.from(ids),
  typeIds: Int32Array.from(ids, () => 1),
});

describe("packSequences", () => {
  it("lays tokens end to end and points attention at them", () => {
    const feeds = packSequences([sequence(7, 8), sequence(9)], 2);
    expect([...(feeds.ids?.data ?? [])]).toEqual([7, 8, 9]);
    expect([...(feeds.positions?.data ?? [])]).toEqual([0, 1, 0]);
    expect([...(feeds.firstRows?.data ?? [])]).toEqual([0, 2]);
    expect([...(feeds.mask?.data ?? [])]).toEqual([0, 0, 0, -1e9]);
    expect(feeds.headRows?.dims).toEqual([2, 2, 2]);
    // Sequence 0: head 0 of tokens 0 and 1, then head 1; sequence 1: its token and, as padding, again.
    expect([...(feeds.headRows?.data ?? [])]).toEqual([0, 2, 1, 3, 4, 4, 5, 5]);
  });

  it("undoes by contextRows what headRows does", () => {
    const some = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 4 }), (lengths, heads) => {
        const feeds = packSequences(
          lengths.map((length) => sequence(...Array<number>(length).fill(3))),
          heads,
        );
        const headRows = feeds.headRows?.data as Int32Array;
        const contextRows = feeds.contextRows?.data as Int32Array;
        contextRows.forEach((slot, row) => {
          expect(headRows[slot]).toBe(row);
        });
      }),
    );
  });
});
