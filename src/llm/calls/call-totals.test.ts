import { describe, expect, it } from "vitest";
import { RankwrightError } from "../../types/index.js";
import type { ChatAnswer } from "../chat-model.js";
import { CallTotals } from "./call-totals.js";

const answer = (more: Partial<ChatAnswer>): ChatAnswer => ({
  text: "",
  finish: "stop",
  model: "m",
  latencyMs: 1,
  attempts: 1,
  ...more,
});
const usage = { promptTokens: 100, completionTokens: 10 };

describe("CallTotals", () => {
  it("sums what is known", () => {
    const totals = new CallTotals();
    expect(totals.usage).toEqual({ calls: 0 });
    totals.answered(answer({ usage, cost: 0.5 }));
    totals.answered(answer({ usage, cost: 0.25 }));
    expect(totals.usage).toEqual({ calls: 2, promptTokens: 200, completionTokens: 20, cost: 0.75 });
  });

  it("knows nothing where one answer does not tell", () => {
    const totals = new CallTotals();
    totals.answered(answer({ usage, cost: 0.5 }));
    totals.answered(answer({ usage }));
    expect(totals.usage).toEqual({ calls: 2, promptTokens: 200, completionTokens: 20 });
    totals.answered(answer({}));
    expect(totals.usage).toEqual({ calls: 3 });
  });

  it("tells calls that were not made from those that may be billed", () => {
    const totals = new CallTotals();
    totals.answered(answer({ usage, cost: 0.5 }));
    totals.failed(new RankwrightError("BUDGET_EXCEEDED", "no"));
    expect(totals.usage.calls).toBe(1);
    totals.failed(new RankwrightError("REMOTE_UNAVAILABLE", "503"));
    expect(totals.usage).toMatchObject({ calls: 2, cost: 0.5 });
    totals.failed(new RankwrightError("REMOTE_TIMEOUT", "late"));
    expect(totals.usage).toEqual({ calls: 3 });
  });
});
