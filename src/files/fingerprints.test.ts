import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fingerprints } from "./fingerprints.js";

describe("Fingerprints", () => {
  it("knows what it has met, as a set does", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 200 }), (texts) => {
        const met = new Fingerprints();
        const set = new Set<string>();
        for (const text of texts) {
          expect(met.add(text)).toBe(!set.has(text));
          set.add(text);
        }
      }),
    );
  });

  it("tells 200,000 similar ids apart, and knows each of them again", () => {
    const met = new Fingerprints();
    let added = 0;
    for (let i = 0; i < 200_000; i++) if (met.add(`doc-${i}`)) added++;
    for (let i = 0; i < 200_000; i++) if (met.add(`doc-${i}`)) added++;
    expect(added).toBe(200_000);
  });
});
