import { describe, expect, it, vi } from "vitest";
import type { TokenLogprob } from "../llm/chat-model.js";
import { type Reply, scriptedModel } from "../llm/testing/scripted-model.js";
import { type ErrorCode, RankwrightError } from "../types/index.js";
import { pointwise } from "./pointwise.js";
import { type TokenLogitOptions, tokenLogitScorer } from "./token-logit.js";

const error = (code: ErrorCode) => new RankwrightError(code, code);

/** An answer whose first token has these alternatives, by probability. */
function answer(probabilities: Readonly<Record<string, number>>): Reply {
  const top = Object.entries(probabilities).map(([token, p]) => ({ token, logprob: Math.log(p) }));
  const logprobs: TokenLogprob[] = [{ ...top[0]!, top }];
  return { text: top[0]!.token, logprobs };
}
const pairs = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ query: "q", document: { text: `d${i}` } }));

async function score(replies: readonly Reply[], options: TokenLogitOptions = {}) {
  const model = scriptedModel(replies, { price: 1 });
  const result = await tokenLogitScorer(model, { concurrency: 1, ...options }).score(pairs(replies.length));
  return { ...result, values: Array.from(result.scores, (value) => Number(value.toFixed(6))), model };
}

describe("tokenLogitScorer", () => {
  it("scores by p(yes) / (p(yes) + p(no)), however they are written", async () => {
    const { values, model, remote, warnings, unscored } = await score([
      answer({ yes: 0.6, " Yes": 0.1, No: 0.25, no: 0.05 }),
      answer({ no: 0.9, yes: 0.1 }),
    ]);
    expect(values).toEqual([0.7, 0.1]);
    expect(model.requests[0]).toMatchObject({ topLogprobs: 20, maxTokens: 16, temperature: 0 });
    expect(remote).toMatchObject({ calls: 2 });
    expect(remote?.cost).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
    expect(unscored).toBeUndefined();
  });

  it("stays below 1 where no is not even listed", async () => {
    const { scores } = await score([answer({ yes: 1 }), answer({ yes: 0.99, maybe: 0.006 })]);
    expect(scores[0]).toBeLessThan(1);
    expect(scores[0]).toBeGreaterThan(0.999999);
    expect(scores[1]).toBeCloseTo(0.99 / 0.994, 9);
  });

  it("scores grades by what is expected", async () => {
    const replies = [answer({ 0: 0.1, 1: 0.2, 2: 0.3, 3: 0.4 }), answer({ " 3": 1 })];
    const { values, model } = await score(replies, { prompt: "graded" });
    expect(values[0]).toBeCloseTo(2, 9);
    expect(values[1]).toBeCloseTo(3, 6);
    expect(tokenLogitScorer(model, { prompt: "graded" }).scoreScale).toBe("similarity");
    expect(tokenLogitScorer(model)).toMatchObject({ scoreScale: "probability", id: "scripted (yes-no)" });
  });

  it("takes verdicts where there are no log probabilities, and says so", async () => {
    const { scores, warnings } = await score(["Yes", "no", answer({ yes: 0.5, no: 0.5 })]);
    expect(scores[0]).toBeLessThan(1);
    expect(scores[0]).toBeGreaterThan(0.9999);
    expect(scores[1]).toBeGreaterThan(0);
    expect(scores[1]).toBeLessThan(0.0001);
    expect(scores[2]).toBeCloseTo(0.5, 12);
    expect(warnings).toEqual([
      {
        code: "logprobs_missing",
        message:
          "2 of 3 answers came without log probabilities; their scores are bare verdicts, and many are equal.",
        documents: [0, 1],
      },
    ]);
    expect((await score(["2", "3"], { prompt: "graded" })).values).toEqual([2, 3]);
    await expect(score(["Yes"], { withoutLogprobs: "error" })).rejects.toMatchObject({
      code: "LOGPROBS_MISSING",
    });
  });

  it("leaves pairs without a usable answer unscored, and says which", async () => {
    const replies = [answer({ yes: 1 }), "I'm sorry, I can't help.", error("REMOTE_TIMEOUT"), "perhaps"];
    const { unscored, warnings, remote } = await score(replies);
    expect(unscored).toEqual([1, 2, 3]);
    expect(warnings).toEqual([
      {
        code: "unjudged",
        message:
          "3 of 4 answers were of no use (1 refused, 1 REMOTE_TIMEOUT, 1 wrong_format); their documents have no score.",
        documents: [1, 2, 3],
      },
    ]);
    expect(remote).toEqual({ calls: 4 });
  });

  it("throws a wrong key, and what fails from the first call to the third", async () => {
    await expect(score([answer({ yes: 1 }), error("REMOTE_UNAUTHORIZED")])).rejects.toMatchObject({
      code: "REMOTE_UNAUTHORIZED",
    });
    const model = scriptedModel([error("REMOTE_UNAVAILABLE")]);
    await expect(tokenLogitScorer(model, { concurrency: 1 }).score(pairs(50))).rejects.toMatchObject({
      code: "REMOTE_UNAVAILABLE",
    });
    expect(model.requests).toHaveLength(3);
  });

  it("throws the error that ends the request, not those of the calls that it ended", async () => {
    const latencyMs = (index: number) => (index === 5 ? 5 : 10_000);
    const model = scriptedModel((_, index) => (index === 5 ? error("REMOTE_UNAUTHORIZED") : ""), {
      latencyMs,
    });
    await expect(tokenLogitScorer(model).score(pairs(30))).rejects.toMatchObject({
      code: "REMOTE_UNAUTHORIZED",
    });
    expect(model.requests).toHaveLength(8);
  });

  it("asks about several pairs at once, and tells its progress", async () => {
    const model = scriptedModel([answer({ yes: 1 })], { latencyMs: 2 });
    const onProgress = vi.fn();
    await tokenLogitScorer(model, { concurrency: 5 }).score(pairs(20), { onProgress });
    expect(model.mostAtOnce).toBe(5);
    expect(onProgress.mock.calls.at(-1)).toEqual([20, 20]);
  });

  it("refuses other prompts and options out of range", () => {
    expect(() => tokenLogitScorer(scriptedModel([""]), { prompt: "rankgpt" })).toThrow(
      /needs one of kind relevance/,
    );
    expect(() => tokenLogitScorer(scriptedModel([""]), { withoutLogprobs: "guess" as "error" })).toThrow(
      /withoutLogprobs is "guess"/,
    );
  });
});

describe("pointwise over a token-logit scorer", () => {
  const documents = ["a", "b", "c", "a"];
  const rerank = (replies: readonly Reply[], more = {}) => {
    const scorer = tokenLogitScorer(scriptedModel(replies, { price: 1, latencyMs: 1 }), { concurrency: 1 });
    return pointwise(scorer).rerank({ query: "q", documents, ...more });
  };

  it("hands on the request's instruction, or its own", async () => {
    const model = scriptedModel([answer({ yes: 1 })]);
    const reranker = pointwise(tokenLogitScorer(model, { instruction: "be kind" }));
    await reranker.rerank({ query: "q", documents: ["a"] });
    await reranker.rerank({ query: "q", documents: ["a"], instruction: "be strict" });
    const asked = model.requests.map(({ messages }) => messages[0]?.content.match(/Instruction: (.*)/)?.[1]);
    expect(asked).toEqual(["be kind", "be strict"]);
  });

  it("counts calls, tokens and cost", async () => {
    const { results, usage } = await rerank([answer({ yes: 0.2, no: 0.8 }), answer({ yes: 0.9, no: 0.1 })]);
    expect(results.map(({ index }) => index)).toEqual([1, 2, 0, 3]);
    expect(usage).toMatchObject({ pairs: 3, calls: 3, tokens: 0 });
    expect(usage.promptTokens).toBeGreaterThan(0);
    expect(usage.cost).toBeGreaterThan(0);
  });

  it("puts documents without an answer last, although there is no deadline", async () => {
    const { results, warnings } = await rerank([error("CONTENT_REFUSED"), answer({ yes: 0.3, no: 0.7 })]);
    expect(results.map(({ index, scored }) => [index, scored])).toEqual([
      [1, true],
      [2, true],
      [0, false],
      [3, false],
    ]);
    expect(warnings).toMatchObject([{ code: "unjudged", documents: [0, 3] }]);
  });

  it("stops for a budget and for a deadline, with one warning each", async () => {
    const spent = await rerank([answer({ yes: 1 }), error("BUDGET_EXCEEDED")]);
    expect(spent.results.map(({ scored }) => scored)).toEqual([true, true, false, false]);
    expect(spent.warnings).toMatchObject([{ code: "budget", documents: [1, 2] }]);
    const late = await rerank([answer({ yes: 1 }), new Promise(() => {}) as never], { deadlineMs: 0 });
    expect(late.warnings).toMatchObject([{ code: "deadline", documents: [0, 1, 2, 3] }]);
  });
});
