import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ExaminedQuery } from "./examined-query.js";
import { latencyModel } from "./latency-model.js";

function query(ms: number, tokensSeen: readonly number[], tokens?: number): ExaminedQuery {
  const ids = tokensSeen.map((_, d) => `d${d}`);
  const scores = ids.map(() => 0);
  const sum = tokensSeen.reduce((total, seen) => total + seen, 0);
  return {
    id: "q",
    text: "q",
    ids,
    scores,
    order: [...ids.keys()],
    deeper: [],
    outcome: {
      query: "q",
      ids,
      scores,
      ms,
      pairs: ids.length,
      tokens: tokens ?? sum,
      tokensSeen,
      tokensTotal: tokensSeen,
      warnings: [],
    },
  };
}

describe("latencyModel", () => {
  it("finds the fixed part and the part per token, and what fits", () => {
    // 10 ms and .1 ms per token, 50 tokens per candidate.
    const of = (n: number) => query(10 + 5 * n, Array<number>(n).fill(50));
    const model = latencyModel([of(10), of(20), of(30), of(40)]);
    expect(model.unit).toBe("token");
    expect(model.fixedMs).toBeCloseTo(10);
    expect(model.perUnitMs).toBeCloseTo(0.1);
    expect(model.p95At(20)).toBeCloseTo(110);
    expect(model.largestDepth(111)).toBe(20);
    expect(model.largestDepth(14)).toBe(0);
    expect(model.largestDepth(1e9)).toBe(1000);
  });

  it("counts pairs where tokens are not counted, and the work of long candidates where they are", () => {
    expect(latencyModel([query(100, [1, 1, 1, 1], 0)])).toMatchObject({ unit: "pair", perUnitMs: 25 });
    const model = latencyModel([query(100, [90, 5, 5])]);
    expect(model.p95At(1)).toBeCloseTo(90);
    expect(model.p95At(3)).toBeCloseTo(100);
  });

  it("never predicts less time for more candidates", () => {
    const queries = fc.array(
      fc.tuple(
        fc.double({ min: 0.01, max: 1e4, noNaN: true }),
        fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 20 }),
      ),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(queries, fc.nat(40), (measured, depth) => {
        const model = latencyModel(measured.map(([ms, tokens]) => query(ms, tokens)));
        expect(model.p95At(depth + 1)).toBeGreaterThanOrEqual(model.p95At(depth) * (1 - 1e-9));
      }),
    );
  });
});
