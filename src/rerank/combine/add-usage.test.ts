import { describe, expect, it } from "vitest";
import { addUsage } from "./add-usage.js";

const local = { pairs: 3, tokens: 40, calls: 0 };

describe("addUsage", () => {
  it("adds what was counted", () => {
    const remote = { pairs: 0, tokens: 0, calls: 2, promptTokens: 10, completionTokens: 1, cost: 0.5 };
    expect(addUsage([local, remote, { ...remote, cost: 0.25 }])).toEqual({
      ...{ pairs: 3, tokens: 40, calls: 4, promptTokens: 20, completionTokens: 2, cost: 0.75 },
    });
    expect(addUsage([])).toEqual({ pairs: 0, tokens: 0, calls: 0 });
  });

  it("does not take a cost that one call did not tell for 0", () => {
    const told = { pairs: 0, tokens: 0, calls: 1, promptTokens: 10, cost: 0.5 };
    expect(addUsage([told, { pairs: 0, tokens: 0, calls: 1, promptTokens: 7 }])).toEqual({
      ...{ pairs: 0, tokens: 0, calls: 2, promptTokens: 17 },
    });
  });

  it("counts cache hits where there was a cache", () => {
    expect(addUsage([local, { ...local, cacheHits: 0 }]).cacheHits).toBe(0);
    expect(
      addUsage([
        { ...local, cacheHits: 2 },
        { ...local, cacheHits: 5 },
      ]).cacheHits,
    ).toBe(7);
    expect(addUsage([local]).cacheHits).toBeUndefined();
  });
});
