import { describe, expect, it } from "vitest";
import { curveDepths } from "./depths.js";

describe("curveDepths", () => {
  it("are dense at the top and end with the depth itself", () => {
    expect(curveDepths(100)).toEqual([1, 2, 3, 5, 7, 10, 20, 30, 50, 75, 100]);
    expect(curveDepths(60)).toEqual([1, 2, 3, 5, 7, 10, 20, 30, 50, 60]);
    expect(curveDepths(1)).toEqual([1]);
  });
});
