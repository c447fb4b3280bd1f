import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TokenSink } from "./token-sink.js";

describe("TokenSink", () => {
  it("keeps the first and the last tokens and counts all", () => {
    const sink = new TokenSink();
    sink.begin(2, 3);
    for (let i = 0; i < 10; i++) sink.push(i, 10 * i, 10 * i + 5);
    const { ids, starts, ends, total } = sink.finish();
    expect([...ids]).toEqual([0, 1, 7, 8, 9]);
    expect([...starts]).toEqual([0, 10, 70, 80, 90]);
    expect([...ends]).toEqual([5, 15, 75, 85, 95]);
    expect(total).toBe(10);
  });

  it("does so for every length, head and tail", () => {
    const sink = new TokenSink();
    const count = fc.nat({ max: 1500 });
    fc.assert(
      fc.property(count, count, count, (length, head, tail) => {
        const tokens = Array.from({ length }, (_, i) => i);
        sink.begin(head, tail);
        for (const token of tokens) sink.push(token, token, token + 1);
        const kept = [...tokens.slice(0, head), ...tokens.slice(Math.max(head, length - tail))];
        expect([...sink.finish().ids]).toEqual(kept);
      }),
    );
  });
});
