import { describe, expect, it } from "vitest";
import type { RerankResult } from "../types/index.js";
import { checkRerankResult } from "./check-rerank-result.js";

const result = (results: readonly object[]) => ({ results, model: "mine" }) as unknown as RerankResult;
const one = { index: 1, score: 0.5 };

describe("checkRerankResult", () => {
  it("takes each index once at most, best first, equal scores too", () => {
    expect(() => checkRerankResult(result([one]), { documents: 2 })).not.toThrow();
    expect(() => checkRerankResult(result([one, { index: 0, score: 0.5 }]), { documents: 2 })).not.toThrow();
  });

  it("counts them where it is known how many there must be", () => {
    expect(() => checkRerankResult(result([one]), { documents: 2, wanted: 1 })).not.toThrow();
    expect(() => checkRerankResult(result([one]), { documents: 2, wanted: 2 })).toThrow(
      "mine returned results.length 1 for 2 documents; 2 were asked for",
    );
  });

  it.each([
    [[{ index: 2, score: 1 }], "INVALID_PLUGIN_RESULT"],
    [[{ index: -1, score: 1 }], "INVALID_PLUGIN_RESULT"],
    [[{ index: 0.5, score: 1 }], "INVALID_PLUGIN_RESULT"],
    [[one, one], "INVALID_PLUGIN_RESULT"],
    [[one, { index: 0, score: 0.6 }], "INVALID_PLUGIN_RESULT"],
    [[{ index: 0, score: Number.NaN }], "NON_FINITE_SCORE"],
    [[{ index: 0, score: Number.POSITIVE_INFINITY }], "NON_FINITE_SCORE"],
  ])("refuses %j", (results, code) => {
    expect(() => checkRerankResult(result(results), { documents: 2 })).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
