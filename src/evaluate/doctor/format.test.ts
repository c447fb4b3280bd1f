import { expect, it } from "vitest";
import { count, decimal, milliseconds, percent, signed } from "./format.js";

it("shows numbers at the precision that they deserve", () => {
  expect([0, 0.004, 0.096, 0.0996, 0.5, 1].map(percent)).toEqual([
    "0 %",
    "0.4 %",
    "9.6 %",
    "10 %",
    "50 %",
    "100 %",
  ]);
  expect([0.1234, -0.0001].map(decimal)).toEqual(["0.123", "0.000"]);
  expect([0.05, -0.05, -0.0001].map(signed)).toEqual(["+0.050", "-0.050", "+0.000"]);
  expect([0.0423, 9.96, 1234.5].map(milliseconds)).toEqual(["0.042 ms", "10 ms", "1235 ms"]);
  expect([count(1, "query", "queries"), count(2, "pair")]).toEqual(["1 query", "2 pairs"]);
});
