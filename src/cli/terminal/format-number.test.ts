import { describe, expect, it } from "vitest";
import { msText, pText, signed } from "./format-number.js";

describe("figures in tables", () => {
  it("say which way a difference goes", () => {
    expect([0.0412, -0.0412, 0.00001, -0.00001].map(signed)).toEqual([
      "+0.0412",
      "−0.0412",
      " 0.0000",
      " 0.0000",
    ]);
  });

  it("do not pretend to know tiny p-values", () => {
    expect([0.00001, 0.012, 0.5, 1].map(pText)).toEqual(["<.001", ".012", ".500", "1"]);
  });

  it("show times with about three digits", () => {
    expect([0.4211, 17.26, 2480.4].map(msText)).toEqual(["0.42", "17.3", "2480"]);
  });
});
