import { describe, expect, it } from "vitest";
import type { ChatRequest } from "../llm/index.js";
import { simulatedChatModel } from "./simulated-chat-model.js";
import type { MalformedClass, SimulatedJudge } from "./simulated-judge.js";

const truth = new Map([
  ["a better text", 1],
  ["a worse text", 0],
  ["a dull text", -1],
]);
const TIMES = 4000;

const ask = (content: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  messages: [{ role: "user", content }],
  ...more,
});
/** The same question in as many wordings as are wanted. */
const pair = (i: number, first = "a better text", second = "a worse text") =>
  `Query ${i}. Passage A: "${first}" Passage B: "${second}" Output Passage A or Passage B:`;
const model = (judge: SimulatedJudge = {}, seed?: number) => simulatedChatModel({ truth, judge, seed });
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

async function share(judge: SimulatedJudge, wanted: string, prompt: (i: number) => string): Promise<number> {
  const chat = model(judge);
  let count = 0;
  for (let i = 0; i < TIMES; i++) if ((await chat.chat(ask(prompt(i)))).text === wanted) count++;
  return count / TIMES;
}

describe("simulatedChatModel", () => {
  it("prefers by true scores, with temperature and position bias, in both orders", async () => {
    const judge = { temperature: 0.5, positionBias: 0.7 };
    // Five standard errors of 4000 draws are at most 0.04.
    expect(await share(judge, "Passage A", (i) => pair(i))).toBeCloseTo(sigmoid(2 + 0.7), 1);
    const swapped = await share(judge, "Passage A", (i) => pair(i, "a worse text", "a better text"));
    expect(Math.abs(swapped - sigmoid(-2 + 0.7))).toBeLessThan(0.04);
  });

  it("always names the more probable without noise", async () => {
    expect(await share({ noise: 0 }, "Passage A", (i) => pair(i))).toBe(1);
  });

  it("says the same to the same question, and something else with another seed", async () => {
    const answers = async (seed: number) =>
      Promise.all(
        Array.from({ length: 50 }, async (_, i) => (await model({}, seed).chat(ask(pair(i)))).text),
      );
    expect(await answers(1)).toEqual(await answers(1));
    expect(await answers(1)).not.toEqual(await answers(2));
  });

  it("shows its logits in log probabilities, spread over spellings", async () => {
    const { logprobs = [] } = await model({ positionBias: 0.5 }).chat(ask(pair(1), { topLogprobs: 10 }));
    const top = new Map(logprobs[1]?.top.map(({ token, logprob }) => [token, Math.exp(logprob)]));
    const of = (letter: string) => (top.get(` ${letter}`) ?? 0) + (top.get(letter) ?? 0);
    expect(Math.log(of("A") / of("B"))).toBeCloseTo(1.5, 10);
    expect([...top.values()].reduce((a, b) => a + b)).toBeCloseTo(1, 10);
    expect(logprobs.map(({ token }) => token).join("")).toMatch(/^Passage [AB]$/);
    expect(
      (await model({ logprobs: false }).chat(ask(pair(1), { topLogprobs: 5 }))).logprobs,
    ).toBeUndefined();
    await expect(model({ logprobs: "refused" }).chat(ask(pair(1), { topLogprobs: 5 }))).rejects.toMatchObject(
      {
        code: "REMOTE_REJECTED",
      },
    );
  });

  it("has noise of the given size in its logits", async () => {
    const chat = model({ logitNoise: 0.7 });
    const logits: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      const { logprobs = [] } = await chat.chat(ask(pair(i), { topLogprobs: 5 }));
      const top = new Map(logprobs[1]?.top.map(({ token, logprob }) => [token, logprob]));
      logits.push(top.get(" A")! - top.get(" B")!);
    }
    const mean = logits.reduce((a, b) => a + b) / TIMES;
    const deviation = Math.sqrt(logits.reduce((sum, x) => sum + (x - mean) ** 2, 0) / TIMES);
    expect(Math.abs(mean - 1)).toBeLessThan(0.06);
    expect(Math.abs(deviation - 0.7)).toBeLessThan(0.05);
  });

  it("gives zELO's judge a score whose sign is the verdict", async () => {
    const prompt = (i: number) =>
      `${i} {"score": 0} # Document A:\n\na better text\n\n# Document B:\n\na worse text`;
    const chat = model();
    let first = 0;
    for (let i = 0; i < TIMES; i++) {
      const { score } = JSON.parse((await chat.chat(ask(prompt(i)))).text);
      expect(Math.abs(score)).toBeLessThanOrEqual(1);
      if (score < 0) first++;
    }
    expect(Math.abs(first / TIMES - sigmoid(1))).toBeLessThan(0.04);
  });

  it("ranks windows, names the best of a set, answers yes or no, and grades", async () => {
    const chat = model({ noise: 0 });
    const window = "Rank: [1] a dull text [2] a worse text [3] a better text";
    expect((await chat.chat(ask(window))).text).toBe("[3] > [2] > [1]");
    const set = "Passage A: a dull text Passage B: a better text Passage C: a worse text; the label:";
    expect((await chat.chat(ask(set))).text).toBe("Passage B");
    expect((await chat.chat(ask("Relevant? a better text"))).text).toBe("Yes");
    expect((await chat.chat(ask("Relevant? a dull text"))).text).toBe("No");
    expect((await chat.chat(ask("Grade this: a better text"))).text).toBe("2");
    const { logprobs = [] } = await chat.chat(ask("Grade this: a better text", { topLogprobs: 20 }));
    const whole = logprobs[0]?.top.reduce((sum, { logprob }) => sum + Math.exp(logprob), 0);
    expect(whole).toBeCloseTo(1, 10);
  });

  it("prefers what stands first in a list where it is biased", async () => {
    const chat = model({ noise: 0, positionBias: 10 });
    expect((await chat.chat(ask("[1] a dull text [2] a worse text [3] a better text"))).text).toBe(
      "[1] > [2] > [3]",
    );
  });

  it.each<[MalformedClass, RegExp]>([
    ["duplicates", /^\[\d\]( > \[\d\]){3}$/],
    ["gaps", /^\[\d\] > \[\d\]$/],
    ["prose", /Answer: \[\d\] > \[\d\] > \[\d\]\./],
    ["think", /^<think>.*<\/think>\n\n\[\d\] > \[\d\] > \[\d\]$/s],
    ["error-text", /Error/],
    ["empty", /^$/],
    ["truncation", /^.{0,14}$/],
    ["filtered", /^.{7}$/],
  ])("answers with %s as often as it should", async (malformed, shape) => {
    const chat = model({ malformed: { [malformed]: 0.25 } });
    let count = 0;
    for (let i = 0; i < 400; i++) {
      const { text, finish } = await chat.chat(
        ask(`${i} [1] a dull text [2] a worse text [3] a better text`),
      );
      const whole = /^\[\d\] > \[\d\] > \[\d\]$/.test(text);
      if (!whole) {
        count++;
        expect(text).toMatch(shape);
        const finishes = { truncation: "length", filtered: "content_filter" } as Record<string, string>;
        expect(finish).toBe(finishes[malformed] ?? "stop");
      }
    }
    expect(Math.abs(count / 400 - 0.25)).toBeLessThan(0.1);
  });

  it("refuses in the field for it, or in words", async () => {
    const chat = model({ malformed: { refusal: 1 } });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => chat.chat(ask(pair(i)))));
    const fields = answers.filter(({ refusal }) => refusal !== undefined);
    expect(fields.length).toBeGreaterThan(2);
    expect(fields.length).toBeLessThan(18);
    for (const { text, refusal } of answers) expect(refusal ?? text).toMatch(/sorry/);
  });

  it("counts tokens, cuts at the limit and at stops, and refuses what does not fit", async () => {
    const { usage, text, finish } = await model().chat(ask(pair(1), { maxTokens: 1 }));
    expect(usage).toEqual({ promptTokens: 33, completionTokens: 1 });
    expect([text, finish]).toEqual(["Passage", "length"]);
    const whole = await model().chat(ask("[1] a dull text [2] a worse text", { stop: [" >"] }));
    expect([whole.text.length, whole.finish]).toEqual([3, "stop"]);
    await expect(model({ contextTokens: 30 }).chat(ask(pair(1)))).rejects.toMatchObject({
      code: "CONTEXT_EXCEEDED",
    });
    expect((await model({ usage: false }).chat(ask(pair(1)))).usage).toBeUndefined();
    const signal = AbortSignal.abort();
    await expect(model().chat(ask(pair(1)), { signal })).rejects.toMatchObject({ code: "ABORTED" });
  });
});
