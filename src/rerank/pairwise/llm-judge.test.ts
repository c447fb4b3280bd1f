import { describe, expect, it } from "vitest";
import type { ChatAnswer, ChatModel, ChatRequest } from "../../llm/chat-model.js";
import { Ledger, metered } from "../../llm/ledger/index.js";
import { sigmoid } from "../../numbers/logistic.js";
import { simulatedChatModel } from "../../testing/index.js";
import { RankwrightError } from "../../types/index.js";
import { llmJudge } from "./llm-judge.js";

const truth = new Map([
  ["a better text", 1],
  ["a worse text", 0],
]);
const [better, worse] = [{ text: "a better text" }, { text: "a worse text" }];

/** Answers with these, one after the other, and keeps what it was asked. */
function scripted(...script: readonly (Partial<ChatAnswer> | Error)[]) {
  const requests: ChatRequest[] = [];
  const model: ChatModel = {
    id: "scripted",
    async chat(request) {
      const next = script[requests.length];
      requests.push(request);
      if (next === undefined || next instanceof Error) throw next ?? new Error("the script is over");
      return { text: "", finish: "stop", model: "scripted", latencyMs: 1, attempts: 1, ...next };
    },
  };
  return { model, requests };
}
const failure = (code: RankwrightError["code"]) => new RankwrightError(code, "no");

describe("llmJudge", () => {
  it("asks in both orders and takes the mean, from log probabilities where there are any", async () => {
    const judge = llmJudge(simulatedChatModel({ truth, judge: { positionBias: 0.5 } }));
    const { probability, orders, usage } = await judge.prefer("q", better, worse);
    expect(orders?.[0].probability).toBeCloseTo(sigmoid(1.5), 10);
    expect(orders?.[1].probability).toBeCloseTo(sigmoid(0.5), 10);
    expect(probability).toBeCloseTo((sigmoid(1.5) + sigmoid(0.5)) / 2, 10);
    expect(usage?.calls).toBe(2);
    expect(usage?.promptTokens).toBeGreaterThan(50);
    expect(usage).not.toHaveProperty("cost");
  });

  it("takes verdicts where there are none, and scores from a judge's prompt", async () => {
    const silent = simulatedChatModel({ truth, judge: { noise: 0, logprobs: false } });
    expect(await llmJudge(silent).prefer("q", worse, better)).toMatchObject({
      probability: 0,
      orders: [{ probability: 0 }, { probability: 0 }],
    });
    const scoring = llmJudge(simulatedChatModel({ truth, judge: { noise: 0 } }), { prompt: "zelo" });
    const { probability = 0 } = await scoring.prefer("q", better, worse);
    expect(Math.abs(probability - sigmoid(1))).toBeLessThan(0.01);
  });

  it("reads the label of a sentence as a verdict, whatever stands among its tokens", async () => {
    const sentence = "A better answer is in Passage B.";
    const logprobs = sentence
      .split(/(?= )/)
      .map((token) => ({ token, logprob: 0, top: [{ token, logprob: 0 }] }));
    const { model } = scripted({ text: sentence, logprobs });
    const answer = await llmJudge(model).ask({ query: "q", first: better, second: worse });
    expect(answer).toMatchObject({ probability: 0, source: "verdict", class: "wrong_format" });
  });

  it("gives the other label what the least of the alternatives has, where it is not among them", async () => {
    const top = [
      { token: "A", logprob: Math.log(0.9) },
      { token: "The", logprob: Math.log(0.06) },
    ];
    const { model } = scripted({ text: "A", logprobs: [{ token: "A", logprob: Math.log(0.9), top }] });
    const { probability = 0 } = await llmJudge(model).ask({ query: "q", first: better, second: worse });
    expect(probability).toBeGreaterThan(0.9);
    expect(probability).toBeLessThan(1);
  });

  it("has no preference where either order has no usable answer, and says why", async () => {
    for (const [bad, why] of [
      [{ text: "Both are good." }, "wrong_format"],
      [{ text: "", refusal: "No." }, "refused"],
      [{ text: "", finish: "length" }, "truncated"],
      [failure("REMOTE_TIMEOUT"), "REMOTE_TIMEOUT"],
    ] as const) {
      const { model } = scripted({ text: "Passage A" }, bad);
      expect(await llmJudge(model).prefer("q", better, worse)).toMatchObject({
        probability: undefined,
        orders: [{ probability: 1 }, { probability: undefined, failure: why }],
        usage: { calls: 2 },
      });
    }
  });

  it.each(["REMOTE_UNAUTHORIZED", "BUDGET_EXCEEDED", "DEADLINE_EXCEEDED", "ABORTED"] as const)(
    "passes %s on",
    async (code) => {
      const { model } = scripted(failure(code), failure(code));
      await expect(llmJudge(model).prefer("q", better, worse)).rejects.toMatchObject({ code });
    },
  );

  it("tells what the other order took where there was room for one call only", async () => {
    const ledger = new Ledger({ budget: { calls: 1 } });
    const judge = llmJudge(metered(simulatedChatModel({ truth }), { ledger, stage: "judge" }));
    expect(await judge.prefer("q", better, worse)).toMatchObject({
      probability: undefined,
      orders: [{ probability: expect.any(Number) }, { failure: "BUDGET_EXCEEDED" }],
      usage: { calls: 1 },
    });
  });

  it("shows half of each document where the server calls a prompt too long", async () => {
    const long = { text: "word ".repeat(200) };
    const tooLong = failure("CONTEXT_EXCEEDED");
    const { model, requests } = scripted(tooLong, tooLong, { text: "Passage B" });
    const answer = await llmJudge(model, { documentWords: 120 }).ask({
      query: "q",
      first: long,
      second: worse,
    });
    expect(answer).toMatchObject({ probability: 0, cut: [true, false] });
    const words = requests.map(({ messages }) => messages[0]!.content.match(/word/g)?.length);
    expect(words).toEqual([120, 60, 30]);
    const endless = scripted(tooLong, tooLong, tooLong, tooLong, tooLong);
    await expect(llmJudge(endless.model).ask({ query: "q", first: long, second: worse })).rejects.toBe(
      tooLong,
    );
    expect(endless.requests).toHaveLength(4);
  });

  it("makes the same request of the same question, and says what asking would take", () => {
    const judge = llmJudge(simulatedChatModel({ truth }), { seed: 7, instruction: "Prefer recent ones." });
    const question = { query: "q", first: better, second: worse };
    const { chat, promptTokens, cut } = judge.request(question);
    expect(judge.request(question).chat).toEqual(chat);
    expect(chat).toMatchObject({ temperature: 0, seed: 7, topLogprobs: 20, maxTokens: 4096 });
    expect(chat.messages[0]?.content).toContain("Prefer recent ones.");
    expect(promptTokens).toBeGreaterThan(20);
    expect(cut).toEqual([false, false]);
    const other = judge.request({ ...question, instruction: "Prefer old ones." }).chat;
    expect(other.messages[0]?.content).not.toContain("recent");
    expect(llmJudge(simulatedChatModel({ truth }), { prompt: "zelo" }).request(question).chat).toMatchObject({
      schema: { name: "judgment" },
    });
    expect(
      llmJudge(simulatedChatModel({ truth }), { logprobs: false }).request(question).chat,
    ).not.toHaveProperty("topLogprobs");
  });

  it("asks about documents of two queries", async () => {
    const queries = ["which one is old", "which one is new"];
    const scores = (text: string, query: string | undefined) =>
      (query === queries[1] ? 5 : 0) + truth.get(text)!;
    const model = simulatedChatModel({
      truth: { documents: truth.keys(), queries, score: scores },
      judge: { noise: 0 },
    });
    const judge = llmJudge(model, { prompt: "zelo" });
    const [first, second] = [better, worse];
    const { probability } = await judge.ask({
      query: queries[0]!,
      queryOfSecond: queries[1]!,
      first,
      second,
    });
    expect(probability).toBeCloseTo(sigmoid(1 - 5), 10);
  });

  it("refuses prompts of other kinds and options out of range", () => {
    const model = simulatedChatModel({ truth });
    expect(() => llmJudge(model, { prompt: "rankgpt" })).toThrow(/kind "listwise"/);
    expect(() => llmJudge(model, { crossPrompt: "prp" })).toThrow(
      expect.objectContaining({ code: "INVALID_PROMPT" }),
    );
    expect(() => llmJudge(model, { documentWords: 1 })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
    expect(llmJudge(model).id).toBe("judge");
    expect(llmJudge(model, { id: "strict" }).id).toBe("strict");
  });
});
