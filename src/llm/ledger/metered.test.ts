import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RankwrightError } from "../../types/index.js";
import type { ChatAnswer, ChatModel, ChatRequest } from "../chat-model.js";
import { RemoteFailure } from "../http/remote-failure.js";
import { Ledger, type LedgerOptions } from "./ledger.js";
import { metered } from "./metered.js";
import { upperBound } from "./upper-bound.js";

const ANSWER: ChatAnswer = {
  text: "[1]",
  finish: "stop",
  usage: { promptTokens: 1000, completionTokens: 100, cachedTokens: 0 },
  model: "mini-2024",
  latencyMs: 1,
  attempts: 1,
};

const ASK: ChatRequest = { messages: [{ role: "user", content: "x".repeat(4000) }], maxTokens: 100 };

function scene(
  options: LedgerOptions = {},
  chat: () => Promise<ChatAnswer> | ChatAnswer = () => ANSWER,
  more: Partial<ChatModel> = {},
) {
  const ledger = new Ledger({ prices: { mini: { input: 1000, output: 1000 } }, ...options });
  let calls = 0;
  const inner: ChatModel = {
    id: "mini",
    ...more,
    async chat() {
      calls++;
      return chat();
    },
  };
  return { ledger, model: metered(inner, { ledger, stage: "judge" }), calls: () => calls };
}

describe("metered", () => {
  it("fills in the cost and keeps books", async () => {
    const { ledger, model } = scene({}, undefined, { contextTokens: 9000 });
    expect(await model.chat(ASK)).toEqual({ ...ANSWER, cost: 1.1 });
    expect([model.id, model.contextTokens]).toEqual(["mini", 9000]);
    expect(ledger.snapshot().entries).toMatchObject([
      { stage: "judge", model: "mini", calls: 1, promptTokens: 1000, completionTokens: 100, cost: 1.1 },
    ]);
  });

  it("leaves the cost out where price or usage is unknown", async () => {
    const other = { ...ANSWER, cost: 7 };
    for (const [options, answer] of [
      [{ prices: {} }, other],
      [{}, { ...other, usage: undefined }],
    ] as const) {
      const { ledger, model } = scene(options, () => answer);
      expect(await model.chat(ASK)).not.toHaveProperty("cost");
      expect(ledger.total()).toMatchObject({ calls: 1, cost: 0, unknownCost: 1 });
    }
  });

  it("makes no call that the budget might not bear", async () => {
    // A call takes 1.1 and could take 4.1 (4,000 bytes, two messages' worth of template, 100 tokens).
    const { model, calls } = scene({ budget: { cost: 6 } });
    await model.chat(ASK);
    await expect(model.chat(ASK)).resolves.toMatchObject({ cost: 1.1 });
    await expect(model.chat(ASK)).rejects.toMatchObject({ code: "BUDGET_EXCEEDED" });
    expect(calls()).toBe(2);
  });

  it("makes as many calls at once as one after the other", async () => {
    const { model, calls, ledger } = scene({ budget: { cost: 12 } }, async () => {
      await wait(1);
      return ANSWER;
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => model.chat(ASK)));
    const answered = outcomes.filter(({ status }) => status === "fulfilled").length;
    expect([answered, calls()]).toEqual([8, 8]);
    expect(ledger.total().cost).toBeCloseTo(8.8, 9);
  });

  it("asks for maxTokens where nothing else bounds the answer", async () => {
    const { messages } = ASK;
    await expect(scene({ budget: { cost: 99 } }).model.chat({ messages })).rejects.toThrow(/give maxTokens/);
    const bounded = scene({ budget: { cost: 99 } }, undefined, { contextTokens: 5000 });
    await expect(bounded.model.chat({ messages })).resolves.toMatchObject({ cost: 1.1 });
  });

  it("counts failures that may be billed, and no others", async () => {
    const refused = new RemoteFailure("REMOTE_REJECTED", "no");
    const lost = Object.assign(new RemoteFailure("REMOTE_TIMEOUT", "silence"), { unaccounted: 3 });
    const foreign = new Error("somebody else's");
    const wrong = new RankwrightError("INVALID_OPTION", "messages is []");
    for (const [error, calls] of [
      [refused, 0],
      [lost, 3],
      [foreign, 1],
      [wrong, 0],
    ] as const) {
      const { ledger, model } = scene({}, () => Promise.reject(error));
      await expect(model.chat(ASK)).rejects.toBe(error);
      expect(ledger.total()).toMatchObject({ calls, unknownCost: calls });
    }
    const { ledger, model } = scene({}, () => ({ ...ANSWER, attempts: 4, unaccounted: 1 }));
    expect(await model.chat(ASK)).toMatchObject({ cost: 1.1 });
    expect(ledger.total()).toMatchObject({ calls: 2, requests: 4, cost: 1.1, unknownCost: 1 });
  });
});

describe("upperBound", () => {
  it("is at least the bytes of all that is said, and at most the context", () => {
    const schema = { name: "s", schema: { type: "object" } };
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }),
        fc.nat(500),
        (texts, maxTokens) => {
          const messages = texts.map((content) => ({ role: "user" as const, content }));
          const bound = upperBound({ messages, maxTokens, schema });
          const bytes = Buffer.byteLength(texts.join("")) + JSON.stringify(schema).length;
          expect(bound.promptTokens).toBeGreaterThanOrEqual(bytes);
          expect(bound.completionTokens).toBe(maxTokens);
          expect(upperBound({ messages }, 30)).toEqual({
            promptTokens: Math.min(30, upperBound({ messages }).promptTokens),
            completionTokens: 30,
          });
        },
      ),
    );
  });
});
