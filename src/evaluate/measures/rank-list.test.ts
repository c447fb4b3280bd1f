import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankList, rankOrder } from "./rank-list.js";

const list = (...documents: readonly (readonly [string, number])[]) => ({
  ids: documents.map(([id]) => id),
  scores: Float64Array.from(documents, ([, score]) => score),
});

describe("rankList", () => {
  it("puts the highest score first, and among equal ones the last id", () => {
    expect(rankList(list(["a", 1], ["b", 3], ["c", 1], ["d", -2]))).toEqual(["b", "c", "a", "d"]);
  });

  it("orders equal scores by the bytes of the id", () => {
    expect(rankList(list(["😀", 1], ["\u{ff21}", 1], ["Z", 1], ["a", 1], ["aa", 1]))).toEqual([
      ...["😀", "\u{ff21}", "aa", "a", "Z"],
    ]);
  });

  it("takes scores for equal that float32 cannot tell apart, unless told otherwise", () => {
    const close = list(["a", 17.0000004], ["b", 17.0000002], ["c", 17.0000006]);
    expect(new Set(Array.from(close.scores, Math.fround)).size).toBe(1);
    expect(rankList(close)).toEqual(["c", "b", "a"]);
    expect(rankList(close, { scores: "float64" })).toEqual(["c", "a", "b"]);
    expect([...rankOrder(close).groupEnds]).toEqual([3]);
    expect([...rankOrder(close, { scores: "float64" }).groupEnds]).toEqual([1, 2, 3]);
  });

  it("takes −0 and 0 for equal, and orders scores of any size", () => {
    expect(rankList(list(["a", -0], ["b", 0], ["c", -0]))).toEqual(["c", "b", "a"]);
    expect(rankList(list(["a", -1e300], ["b", 1e-300], ["c", 1e300], ["d", -1e-30]))).toEqual([
      ...["c", "b", "d", "a"],
    ]);
  });

  it("is the order of a plain sort, whatever the order of the file", () => {
    const score = fc.oneof(
      fc.integer({ min: -2, max: 2 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const documents = fc.uniqueArray(fc.tuple(fc.string({ unit: "grapheme" }), score), {
      selector: ([id]) => id,
      maxLength: 40,
    });
    fc.assert(
      fc.property(documents, fc.constantFrom("float32", "float64"), (documents, scores) => {
        const rounded = scores === "float32" ? Math.fround : Number;
        const bytes = ([id]: readonly [string, number]) => Buffer.from(id);
        const plain = [...documents].sort((a, b) => {
          const [x, y] = [rounded(a[1]), rounded(b[1])];
          return x === y ? Buffer.compare(bytes(b), bytes(a)) : x > y ? -1 : 1;
        });
        expect(rankList(list(...documents), { scores })).toEqual(plain.map(([id]) => id));
        const ends = [...rankOrder(list(...documents), { scores }).groupEnds];
        const wanted = plain.flatMap(([, score], i) => {
          const next = plain[i + 1];
          return next && rounded(next[1]) === rounded(score) ? [] : [i + 1];
        });
        expect(ends).toEqual(wanted);
      }),
    );
  });

  it("refuses scores that are no numbers", () => {
    for (const score of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      expect(() => rankList(list(["a", 1], ["b", score]))).toThrow(
        expect.objectContaining({ code: "INVALID_RUN", message: expect.stringContaining(`"b" is ${score}`) }),
      );
    }
    expect(() => rankList({ ids: ["a"], scores: new Float64Array(2) })).toThrow("1 ids and 2 scores");
  });
});
