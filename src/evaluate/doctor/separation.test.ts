import { expect, it } from "vitest";
import { shareBeaten } from "./separation.js";

it("counts what a score beats, ties counting half", () => {
  const others = Float64Array.of(1, 2, 2, 5);
  expect(shareBeaten(others, 0)).toBe(0);
  expect(shareBeaten(others, 1)).toBe(0.125);
  expect(shareBeaten(others, 2)).toBe(0.5);
  expect(shareBeaten(others, 9)).toBe(1);
});
