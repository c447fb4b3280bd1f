import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleDocuments } from "./sample-documents.js";

const example = (targets: readonly number[]) => ({
  query: "q",
  documents: targets.map((_, i) => ({ text: String(i) })),
  targets,
});

describe("sampleDocuments", () => {
  it("keeps all positives and fills up with negatives, other ones for other seeds", () => {
    const list = example([0, 0, 1, 0, 0, 0, 2, 0, 0, 0]);
    const samples = Array.from({ length: 20 }, (_, seed) => sampleDocuments(list, 4, seed));
    for (const { targets } of samples) expect([...targets].sort()).toEqual([0, 0, 1, 2]);
    expect(
      new Set(samples.map(({ documents }) => documents.map(({ text }) => text).join())).size,
    ).toBeGreaterThan(5);
    expect(sampleDocuments(list, 4, 3)).toEqual(samples[3]);
  });

  it("leaves room for a negative where there are many positives", () => {
    for (let seed = 0; seed < 10; seed++) {
      expect([...sampleDocuments(example([1, 1, 1, 1, 0, 0]), 3, seed).targets].sort()).toEqual([0, 1, 1]);
    }
  });

  it("keeps the best of a teacher's scores and draws the others", () => {
    const seen = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const { targets } = sampleDocuments(example([3.1, 9.5, -2, 0.4, 7]), 2, seed);
      expect(targets).toContain(9.5);
      for (const target of targets) seen.add(target);
    }
    expect(seen.size).toBe(5);
  });

  it("keeps the order, the size and what belongs together", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 2, max: 12 }),
        fc.nat(),
        (targets, most, seed) => {
          const { documents, targets: kept } = sampleDocuments(example(targets), most, seed);
          const places = documents.map(({ text }) => Number(text));
          expect(places).toHaveLength(Math.min(most, targets.length));
          expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
          expect(kept).toEqual(places.map((place) => targets[place]));
          expect(Math.max(...kept)).toBe(Math.max(...targets));
          expect(Math.min(...kept) < Math.max(...kept)).toBe(new Set(targets).size > 1);
        },
      ),
    );
  });
});
