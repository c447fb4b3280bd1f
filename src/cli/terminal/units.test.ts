import { expect, it } from "vitest";
import { bytes, flop, large } from "./units.js";

it("shows three significant digits in powers of a thousand", () => {
  expect([0, 999, 1000, 1536, 90_866_412, 999_600, 2.24e9, 5e15].map(bytes)).toEqual([
    "0 B",
    "999 B",
    "1 kB",
    "1.54 kB",
    "90.9 MB",
    "1 MB",
    "2.24 GB",
    "5000 TB",
  ]);
  expect([12, 22_713_601].map(large)).toEqual(["12", "22.7 M"]);
  expect([864, 2_469_692_160].map(flop)).toEqual(["864 FLOP", "2.47 GFLOP"]);
});
