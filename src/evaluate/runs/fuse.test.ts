import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reciprocalRankFusion, weightedFusion } from "./fuse.js";
import type { Run } from "./run.js";

type Lists = Record<string, Record<string, number>>;
const runOf = (name: string, lists: Lists): Run => ({
  name,
  lists: new Map(
    Object.entries(lists).map(([query, scores]) => [
      query,
      { ids: Object.keys(scores), scores: Float64Array.from(Object.values(scores)) },
    ]),
  ),
});
const plain = (run: Run) =>
  Object.fromEntries(
    [...run.lists].map(([query, { ids, scores }]) => [query, ids.map((id, i) => [id, scores[i]])]),
  );

const bm25 = runOf("BM25", { q1: { a: 12, b: 9, c: 3 }, q2: { x: 1 } });
const dense = runOf("dense", { q1: { d: 0.9, b: 0.8, a: 0.5 }, q3: { y: -1, z: 0 } });

describe("reciprocalRankFusion", () => {
  it("adds 1 / (k + rank); equal sums by id, descending", () => {
    expect(plain(reciprocalRankFusion([bm25, dense]))).toEqual({
      q1: [
        ["a", 1 / 61 + 1 / 63],
        ["b", 1 / 62 + 1 / 62],
        ["d", 1 / 61],
        ["c", 1 / 63],
      ],
      q2: [["x", 1 / 61]],
      q3: [
        ["z", 1 / 61],
        ["y", 1 / 62],
      ],
    });
    const mirrored = reciprocalRankFusion([
      runOf("1", { q: { a: 2, b: 1 } }),
      runOf("2", { q: { b: 2, a: 1 } }),
    ]);
    expect(mirrored.lists.get("q")?.ids).toEqual(["b", "a"]);
  });

  it("takes k, weights, a depth and a name", () => {
    const fused = reciprocalRankFusion([bm25, dense], { k: 0, weights: [1, 3], depth: 1, name: "mix" });
    expect(fused.name).toBe("mix");
    expect(plain(fused).q1).toEqual([
      ["d", 3],
      ["a", 1],
    ]);
    expect(reciprocalRankFusion([bm25, dense]).name).toBe("rrf(BM25,dense)");
  });

  it("depends on ranks alone, and lists every document once", () => {
    const list = fc.dictionary(
      fc.constantFrom("a", "b", "c", "d", "e", "f"),
      fc.integer({ min: -9, max: 9 }),
      {
        minKeys: 1,
      },
    );
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 4 }), (lists) => {
        const runs = lists.map((scores, i) => runOf(String(i), { q: scores }));
        const stretched = lists.map((scores, i) =>
          runOf(String(i), {
            q: Object.fromEntries(Object.entries(scores).map(([id, s]) => [id, s ** 3 * 7 + 2])),
          }),
        );
        const fused = reciprocalRankFusion(runs);
        expect(fused).toEqual(reciprocalRankFusion(stretched));
        const ids = fused.lists.get("q")?.ids ?? [];
        expect(new Set(ids)).toEqual(new Set(lists.flatMap((scores) => Object.keys(scores))));
        expect(ids).toHaveLength(new Set(ids).size);
      }),
    );
  });
});

describe("weightedFusion", () => {
  it("weighs normalised scores; what a run lacks counts as its last", () => {
    const q1 = (normalise: "min-max" | "none", weights: number[]) =>
      plain(weightedFusion([bm25, dense], { normalise, weights })).q1;
    expect(q1("min-max", [0.25, 0.75])).toEqual([
      ["d", 0.75],
      ["b", 0.25 * (6 / 9) + 0.75 * ((0.8 - 0.5) / (0.9 - 0.5))],
      ["a", 0.25],
      ["c", 0],
    ]);
    expect(q1("none", [1, 10])).toEqual([
      ["b", 9 + 8],
      ["a", 12 + 5],
      ["d", 3 + 9],
      ["c", 3 + 5],
    ]);
  });

  it("counts standard deviations from the mean with z-score", () => {
    const deviation = Math.sqrt(2 / 3);
    const three = runOf("a", { q: { x: 3, y: 2, z: 1 } });
    const one = runOf("b", { q: { w: 5 } });
    expect(plain(weightedFusion([three, one], { normalise: "z-score" })).q).toEqual([
      ["x", 1 / deviation],
      ["y", 0],
      ["z", -1 / deviation],
      ["w", -1 / deviation],
    ]);
  });

  it("takes equal scores for the best with min-max", () => {
    expect(plain(weightedFusion([runOf("a", { q: { x: 4, y: 4 } })])).q).toEqual([
      ["y", 1],
      ["x", 1],
    ]);
  });

  it("gives a run back in its order, and a run without weight no say", () => {
    const list = fc.dictionary(fc.stringMatching(/^[a-f]{1,2}$/), fc.integer({ min: -50, max: 50 }), {
      minKeys: 1,
    });
    fc.assert(
      fc.property(list, list, fc.constantFrom("min-max", "z-score", "none"), (scores, others, normalise) => {
        const run = runOf("a", { q: scores });
        const order = reciprocalRankFusion([run]).lists.get("q")?.ids;
        expect(weightedFusion([run], { normalise }).lists.get("q")?.ids).toEqual(order);
        const both = weightedFusion([run, runOf("b", { q: others })], { normalise, weights: [1, 0] });
        const known = both.lists.get("q")?.ids.filter((id) => id in scores);
        expect(known).toEqual(order);
      }),
    );
  });

  it.each([
    [() => weightedFusion([]), "runs is []; give at least one run."],
    [() => weightedFusion([bm25], { weights: [1, 2] }), "weights is [1,2]; give 1, one per run."],
    [
      () => weightedFusion([bm25], { weights: [-1] }),
      "weights[0] is -1; give a finite number that is not negative.",
    ],
    [
      () => weightedFusion([bm25], { normalise: "max" as "none" }),
      'normalise is "max"; give min-max, z-score or none.',
    ],
    [() => reciprocalRankFusion([bm25], { k: -1 }), "k is -1; give a number greater than -1."],
    [() => reciprocalRankFusion([bm25], { depth: 0 }), "depth is 0; give a positive whole number."],
  ])("refuses options that mean nothing (%#)", (fusing, message) => {
    expect(fusing).toThrow(expect.objectContaining({ code: "INVALID_OPTION", message }));
  });
});
