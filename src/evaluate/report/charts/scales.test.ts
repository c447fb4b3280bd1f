import { describe, expect, it } from "vitest";
import { depthScale, ticksOf, valueScale } from "./scales.js";

describe("valueScale", () => {
  it("ends at round numbers and is never empty", () => {
    expect(valueScale([0.43, 0.58], [0, 100], 0.02).domain()).toEqual([0.4, 0.6]);
    const [low, high] = valueScale([0.5, 0.5], [0, 100], 0.02).domain() as [number, number];
    expect(high - low).toBeGreaterThanOrEqual(0.02);
    expect(ticksOf(valueScale([1e11, 1e11], [0, 100], 0.02), 5).length).toBeGreaterThan(1);
  });

  it("signs ticks of differences", () => {
    const texts = ticksOf(valueScale([-0.1, 0.2], [0, 100], 0.02), 3, true).map((tick) => tick.text);
    expect(texts).toEqual(["−0.1", "0", "+0.1", "+0.2"]);
  });
});

describe("depthScale", () => {
  it("gives doublings equal room where depths span much, and is linear otherwise", () => {
    const wide = depthScale([10, 20, 40, 80], [0, 300]);
    expect([10, 20, 40, 80].map((depth) => Math.round(wide(depth)))).toEqual([0, 100, 200, 300]);
    const near = depthScale([0, 50, 100], [0, 300]);
    expect([0, 50, 100].map(near)).toEqual([0, 150, 300]);
    expect(depthScale([50], [0, 300])(50)).toBe(150);
  });
});
