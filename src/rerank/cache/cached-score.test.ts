import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeScore, encodeScore, KEPT_WARNINGS } from "./cached-score.js";

const count = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const entry = fc.record({
  score: fc.double({ noNaN: true, noDefaultInfinity: true }),
  warnings: fc.subarray([...KEPT_WARNINGS]),
  evidence: fc.option(fc.record({ window: fc.tuple(count, count), tokensSeen: count, tokensTotal: count }), {
    nil: undefined,
  }),
});

describe("encodeScore", () => {
  it("comes back bit by bit", () => {
    fc.assert(
      fc.property(entry, ({ evidence, ...rest }) => {
        const given = { ...rest, ...(evidence && { evidence }) };
        const bytes = encodeScore(given)!;
        expect(bytes).toHaveLength(evidence ? 26 : 10);
        // Redis gives bytes that begin anywhere in a larger buffer.
        const padded = Buffer.concat([Buffer.alloc(3), bytes, Buffer.alloc(3)]).subarray(3, 3 + bytes.length);
        const read = decodeScore(padded);
        expect(read).toEqual(given);
        expect(Object.is(read?.score, given.score)).toBe(true);
      }),
    );
  });

  it("keeps nothing that does not fit", () => {
    expect(encodeScore({ score: Number.NaN, warnings: [] })).toBeUndefined();
    expect(encodeScore({ score: Number.NEGATIVE_INFINITY, warnings: [] })).toBeUndefined();
    for (const tokensSeen of [0.5, -1, 2 ** 32]) {
      const evidence = { window: [0, 1] as const, tokensSeen, tokensTotal: 1 };
      expect(encodeScore({ score: 1, warnings: [], evidence })).toBeUndefined();
    }
  });
});

describe("decodeScore", () => {
  it("knows nothing of bytes that it did not write", () => {
    const bytes = encodeScore({ score: 1, warnings: ["truncated"] })!;
    const changed = (at: number, to: number) => bytes.map((byte, i) => (i === at ? to : byte));
    expect(decodeScore(bytes.subarray(0, 9))).toBeUndefined();
    expect(decodeScore(new Uint8Array(0))).toBeUndefined();
    expect(decodeScore(changed(0, 2))).toBeUndefined();
    expect(decodeScore(changed(1, 16))).toBeUndefined();
    // Infinity: all bits of the exponent.
    expect(decodeScore(Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x7f]))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (any) => void decodeScore(any)));
  });
});
