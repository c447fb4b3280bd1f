import { describe, expect, it } from "vitest";
import { kendallTau } from "../../evaluate/index.js";
import { Ledger, metered } from "../../llm/ledger/index.js";
import { type SimulatedJudge, simulatedChatModel } from "../../testing/index.js";
import { type Judge, RankwrightError } from "../../types/index.js";
import { llmJudge } from "./llm-judge.js";
import type { PairwiseMethodOption } from "./methods/methods.js";
import { type PairwiseResult, pairwise } from "./pairwise.js";
import { hiddenDocuments, sureJudge } from "./testing/panel.js";

const query = "which text is best";
const indices = ({ results }: PairwiseResult) => results.map(({ index }) => index);
const METHODS = ["active", "cycles", "all-pairs", "sorting", "sliding"] as const;

/** Correlation of a ranking's scores with the hidden ones. */
function tau({ results }: PairwiseResult, scores: readonly number[]): number {
  return kendallTau(
    results.map(({ score }) => score),
    results.map(({ index }) => scores[index] as number),
  ) as number;
}

/** Fails in one way, always. */
const failing = (code: RankwrightError["code"], id = "broken"): Judge & { asked: number } => ({
  id,
  asked: 0,
  async prefer() {
    this.asked++;
    throw new RankwrightError(code, "no");
  },
});

describe("pairwise", () => {
  it.each(METHODS)("ranks as judges do that are sure: %s", async (method) => {
    const { documents, truth, best } = hiddenDocuments(20);
    const option = method === "cycles" ? { name: method, degree: 20 } : method;
    const result = await pairwise(sureJudge(truth), { method: option }).rerank({ query, documents, topN: 5 });
    expect(indices(result)).toEqual(best.slice(0, 5));
    expect(result).toMatchObject({
      scoreScale: method === "sorting" || method === "sliding" ? "rank" : "logit",
      model: `sure (pairwise, ${method})`,
      warnings: [],
      usage: { pairs: 20, tokens: 0, calls: 0 },
    });
    expect(result.judgments).toMatchObject({
      judges: [{ judge: "sure", bias: { contradictions: 0, rate: 0 } }],
      agreement: [],
      cycles: { cycles: 0 },
    });
    for (const { score, scored } of result.results)
      expect([Number.isFinite(score), scored]).toEqual([true, true]);
  });

  it("gives scores whose differences are log-odds of the judges, and sum to 0", async () => {
    const { documents, scores, truth } = hiddenDocuments(40, 1.5);
    const judge = llmJudge(simulatedChatModel({ truth }));
    const { results } = await pairwise(judge, {
      method: { name: "cycles", degree: 12 },
      lambda: 1e-4,
    }).rerank({
      query,
      documents,
    });
    expect(Math.abs(results.reduce((sum, { score }) => sum + score, 0))).toBeLessThan(1e-4);
    const mean = scores.reduce((a, b) => a + b) / scores.length;
    for (const { index, score } of results)
      expect(Math.abs(score - (scores[index]! - mean))).toBeLessThan(0.01);
  });

  it.each<[PairwiseMethodOption, number]>([
    [{ name: "cycles", degree: 8 }, 0.85],
    [{ name: "all-pairs" }, 0.95],
  ])("recovers the unbiased ranking from biased judges: %j", async (method, least) => {
    const { documents, scores, truth } = hiddenDocuments(30);
    const judge = { positionBias: 2, logitNoise: 0.5 };
    const result = await pairwise(llmJudge(simulatedChatModel({ truth, judge })), { method }).rerank({
      query,
      documents,
    });
    expect(tau(result, scores)).toBeGreaterThan(least);
  });

  it.each<[number, string, SimulatedJudge, number]>([
    [0.8, "log probabilities", { logitNoise: 0.5 }, 40],
    [-1.2, "log probabilities", { logitNoise: 0.5 }, 40],
    [-1.2, "verdicts", { logprobs: false }, 100],
  ])(
    "finds position bias of %d logits within a tenth, through real prompts, by %s",
    async (positionBias, _, judge, count) => {
      const { documents, truth } = hiddenDocuments(count, 1);
      const biased = llmJudge(simulatedChatModel({ truth, judge: { ...judge, positionBias } }));
      const { judgments } = await pairwise(biased, { method: "all-pairs" }).rerank({ query, documents });
      const { bias } = judgments.judges[0]!;
      expect(bias.pairs).toBe((count * (count - 1)) / 2);
      expect(Math.abs(bias.logits! / positionBias - 1)).toBeLessThan(0.1);
      const [favoured, other] = [bias.towardsFirst, bias.towardsSecond];
      if (positionBias > 0) expect(favoured).toBeGreaterThan(2 * other);
      else expect(other).toBeGreaterThan(2 * favoured);
      expect(bias.rate).toBeCloseTo((favoured + other) / bias.pairs, 12);
    },
  );

  it("counts circles, and the agreement of judges", async () => {
    const { documents, truth } = hiddenDocuments(16);
    const good = llmJudge(simulatedChatModel({ truth, judge: { noise: 0, logprobs: false } }), {
      id: "good",
    });
    const fair = llmJudge(simulatedChatModel({ truth, judge: { noise: 3, logprobs: false } }), {
      id: "fair",
    });
    const method = "all-pairs";
    const { judgments } = await pairwise([good, fair], { method }).rerank({ query, documents });
    const [one, other] = judgments.judges;
    expect(one).toMatchObject({ judge: "good", cycles: { cycles: 0 } });
    expect(other?.cycles.rate).toBeGreaterThan(0.05);
    expect(judgments.agreement).toHaveLength(1);
    expect(judgments.agreement[0]?.rate).toBeGreaterThan(0.5);
    expect(judgments.agreement[0]?.rate).toBeLessThan(1);
  });

  it("lets two judges decide by their weights", async () => {
    const { documents, truth, best } = hiddenDocuments(6);
    const against = new Map([...truth].map(([text, score]) => [text, -score]));
    const judges = [sureJudge(truth, "for"), sureJudge(against, "against")];
    for (const method of METHODS) {
      const lean = await pairwise(judges, { method, weights: [3, 1] }).rerank({ query, documents });
      expect(indices(lean)).toEqual(best);
    }
    const { results, judgments } = await pairwise(judges, { method: "all-pairs" }).rerank({
      query,
      documents,
    });
    expect(results.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const { score } of results) expect(score).toBeCloseTo(0, 9);
    expect(judgments.agreement).toEqual([{ judges: ["for", "against"], pairs: 15, rate: 0 }]);
  });

  it.each(METHODS)(
    "needs no call for one document or for identical ones, and one pair for two: %s",
    async (method) => {
      const judge = sureJudge(
        new Map([
          ["a", 1],
          ["b", 0],
        ]),
      );
      const ranker = pairwise(judge, { method });
      expect((await ranker.rerank({ query, documents: ["a"] })).results).toMatchObject([
        { index: 0, rank: 1, scored: true },
      ]);
      const same = await ranker.rerank({ query, documents: ["a", "a", "a"] });
      expect(indices(same)).toEqual([0, 1, 2]);
      expect(new Set(same.results.map(({ score }) => score)).size).toBe(1);
      expect(judge.asked).toBe(0);
      const two = await ranker.rerank({ query, documents: ["b", "a", "b"] });
      expect(indices(two)).toEqual([1, 0, 2]);
      expect(two.results[1]?.score).toBe(two.results[2]?.score);
      expect(judge.asked).toBe(1);
    },
  );

  it("keeps an undefeated document's score finite", async () => {
    const { documents, truth } = hiddenDocuments(5, 20);
    const judge = llmJudge(simulatedChatModel({ truth, judge: { noise: 0, logprobs: false } }));
    const { results } = await pairwise(judge, { method: "all-pairs" }).rerank({ query, documents });
    expect(results[0]?.score).toBeGreaterThan(1);
    expect(results[0]?.score).toBeLessThan(10);
  });

  it("leaves comparisons without an answer out, and says so", async () => {
    const { documents, scores, truth } = hiddenDocuments(20);
    const judge = llmJudge(
      simulatedChatModel({ truth, judge: { malformed: { refusal: 0.1, empty: 0.05 } } }),
    );
    const result = await pairwise(judge, { method: "all-pairs" }).rerank({ query, documents });
    expect(tau(result, scores)).toBeGreaterThan(0.9);
    expect(result.warnings).toEqual([
      {
        code: "comparisons_missing",
        message: expect.stringMatching(
          /^\d+ of 190 comparisons .* \(\d+ refused, \d+ empty\)|\(\d+ empty, \d+ refused\)/,
        ),
      },
    ]);
  });

  it("goes on without a judge that fails, unless it is the only one", async () => {
    const { documents, truth, best } = hiddenDocuments(8);
    const broken = failing("REMOTE_UNAVAILABLE");
    const result = await pairwise([sureJudge(truth), broken], { concurrency: 1, method: "all-pairs" }).rerank(
      { query, documents },
    );
    expect(indices(result)).toEqual(best);
    expect(broken.asked).toBe(3);
    expect(result.warnings.map(({ code }) => code)).toEqual(["comparisons_missing", "outage"]);
    await expect(pairwise(broken).rerank({ query, documents })).rejects.toMatchObject({
      code: "REMOTE_UNAVAILABLE",
    });
    const wrongKey = failing("REMOTE_UNAUTHORIZED");
    await expect(pairwise([sureJudge(truth), wrongKey]).rerank({ query, documents })).rejects.toMatchObject({
      code: "REMOTE_UNAUTHORIZED",
    });
  });

  it("ends with the best ranking known when judges fail half-way", async () => {
    const { documents, truth } = hiddenDocuments(12);
    const good = sureJudge(truth);
    const tired: Judge = {
      id: "tired",
      prefer: async (...question) => {
        if (good.asked >= 20) throw new RankwrightError("REMOTE_TIMEOUT", "too slow");
        return good.prefer(...question);
      },
    };
    const { results, warnings } = await pairwise(tired, { concurrency: 1 }).rerank({ query, documents });
    expect(results).toHaveLength(12);
    expect(warnings.at(-1)).toMatchObject({
      code: "outage",
      message: expect.stringContaining("failed three times"),
    });
  });

  it("stops before the budget is spent", async () => {
    const { documents, truth } = hiddenDocuments(10);
    const ledger = new Ledger({ budget: { calls: 30 } });
    const judge = llmJudge(metered(simulatedChatModel({ truth }), { ledger, stage: "judge" }));
    const { results, usage, warnings } = await pairwise(judge, { method: "all-pairs" }).rerank({
      query,
      documents,
    });
    expect(usage.calls).toBe(30);
    expect(ledger.total().calls).toBe(30);
    expect(results).toHaveLength(10);
    expect(warnings.find(({ code }) => code === "budget")?.message).toMatch(/^The budget ran out after/);
    const none = llmJudge(
      metered(simulatedChatModel({ truth }), { ledger: new Ledger({ budget: { cost: 0 } }), stage: "judge" }),
    );
    const nothing = await pairwise(none).rerank({ query, documents });
    expect(indices(nothing)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(nothing.results.every(({ scored }) => !scored)).toBe(true);
    expect(nothing.usage.calls).toBe(0);
  });

  it.each(METHODS)("keeps to the deadline, even with a judge that does not: %s", async (method) => {
    const { documents, truth } = hiddenDocuments(10);
    const sure = sureJudge(truth);
    const slow: Judge = {
      id: "slow",
      prefer: (...question) => (sure.asked < 12 ? sure.prefer(...question) : new Promise(() => undefined)),
    };
    const started = performance.now();
    const result = await pairwise(slow, { method, concurrency: 2 }).rerank({
      query,
      documents,
      deadlineMs: 80,
    });
    // `sorting` and `sliding` may be done with a dozen pairs of so few documents.
    if (result.warnings.length > 0) expect(result.warnings.at(-1)?.code).toBe("deadline");
    expect(performance.now() - started).toBeLessThan(2000);
    expect(new Set(indices(result)).size).toBe(10);
    const scored = result.results.map(({ scored }) => scored);
    expect(scored).toEqual([...scored].sort((a, b) => Number(b) - Number(a)));
  });

  it("ends at once when it is aborted, and asks no more", async () => {
    const { documents } = hiddenDocuments(10);
    const controller = new AbortController();
    let under = 0;
    const judge: Judge = {
      id: "hangs",
      prefer: (_q, _a, _b, { signal } = {}) =>
        new Promise((_, reject) => {
          under++;
          signal?.addEventListener("abort", () => {
            under--;
            reject(signal.reason);
          });
        }),
    };
    const outcome = pairwise(judge, { method: "all-pairs" }).rerank({
      query,
      documents,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort("enough"), 10);
    await expect(outcome).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
    expect(under).toBe(0);
  });

  it("tells how far it is", async () => {
    const { documents, truth } = hiddenDocuments(6);
    const seen: [number, number][] = [];
    await pairwise(sureJudge(truth), { method: "all-pairs" }).rerank({
      ...{ query, documents },
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(seen.map(([done]) => done)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
    expect(seen.at(-1)).toEqual([15, 15]);
  });

  it("names documents that judges saw in part", async () => {
    const long = "word ".repeat(400);
    const truth = new Map([
      [long, 1],
      ["short", 0],
    ]);
    const judge = llmJudge(simulatedChatModel({ truth }));
    const { warnings } = await pairwise(judge).rerank({ query, documents: ["short", long, "short"] });
    expect(warnings).toEqual([{ code: "truncated", message: expect.any(String), documents: [1] }]);
  });

  it("holds judges to their contract", async () => {
    const documents = ["a", "b"];
    for (const preference of [
      { probability: 1.5 },
      { probability: Number.NaN },
      null,
      { probability: 0.5, orders: [{}] },
    ]) {
      const judge = { id: "bad", prefer: async () => preference } as unknown as Judge;
      await expect(pairwise(judge).rerank({ query, documents })).rejects.toMatchObject({
        code: "INVALID_PLUGIN_RESULT",
      });
    }
    const bare: Judge = { id: "bare", prefer: async (_, a) => ({ probability: a.text === "b" ? 1 : 0 }) };
    expect(indices(await pairwise(bare).rerank({ query, documents }))).toEqual([1, 0]);
  });

  it("is closed once", async () => {
    const ranker = pairwise(sureJudge(new Map()));
    await ranker.close();
    await expect(ranker.rerank({ query, documents: ["a"] })).rejects.toMatchObject({ code: "CLOSED" });
  });

  it.each<[string, () => unknown]>([
    ["judges", () => pairwise([])],
    ["judges[0]", () => pairwise({ id: "x" } as never)],
    ["judges", () => pairwise([sureJudge(new Map()), sureJudge(new Map())])],
    ["weights.length", () => pairwise(sureJudge(new Map()), { weights: [1, 2] })],
    ["weights[0]", () => pairwise(sureJudge(new Map()), { weights: [0] })],
    ["lambda", () => pairwise(sureJudge(new Map()), { lambda: 0 })],
    ["concurrency", () => pairwise(sureJudge(new Map()), { concurrency: 0 })],
  ])("refuses %s", (field, make) => {
    expect(make).toThrow(expect.objectContaining({ code: "INVALID_OPTION", field }));
  });
});
