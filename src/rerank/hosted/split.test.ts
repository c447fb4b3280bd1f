import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { split } from "./split.js";

describe("split", () => {
  it("fills calls up to the limits", () => {
    expect(split(["a", "b", "c", "d", "e"], 2)).toEqual([
      [0, 2],
      [2, 4],
      [4, 5],
    ]);
    expect(split(["aaa", "ü", "b", "ccccccccc", "d"], 9, 5)).toEqual([
      [0, 2],
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
    expect(split([], 2)).toEqual([]);
  });

  it("leaves no document out, asks about none twice, and keeps to the limits", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme", maxLength: 9 })),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 30 }),
        (documents, most, bytes) => {
          const parts = split(documents, most, bytes);
          expect(parts.flatMap(([from, to]) => documents.slice(from, to))).toEqual(documents);
          for (const [from, to] of parts) {
            expect(to - from).toBeGreaterThan(0);
            expect(to - from).toBeLessThanOrEqual(most);
            const size = Buffer.byteLength(documents.slice(from, to).join(""));
            if (to - from > 1) expect(size).toBeLessThanOrEqual(bytes);
          }
        },
      ),
    );
  });
});
