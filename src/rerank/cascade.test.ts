import { describe, expect, it, vi } from "vitest";
import type { Pair, Scorer } from "../types/index.js";
import { asGiven } from "./as-given.js";
import { cascade } from "./cascade.js";
import { brief, fakeReranker, textsOf } from "./testing/fake-reranker.js";

const documents = ["3", "1", "5", "2", "4"];
const request = { query: "q", documents };

describe("cascade", () => {
  it("has each stage rank the best of the one before; the others follow in its order", async () => {
    const cheap = fakeReranker({ id: "cheap", scale: "similarity" });
    const dear = fakeReranker({ id: "dear", score: (text) => -Number(text) });
    const reranker = cascade([{ reranker: cheap.reranker, keep: 2 }, dear.reranker]);
    expect([reranker.id, reranker.scoreScale]).toEqual(["cascade(cheap keep 2, dear)", "logit"]);
    const result = await reranker.rerank(request);
    expect(textsOf(dear.requests)).toEqual([["5", "4"]]);
    expect(brief(result)).toEqual([
      [4, -4, true],
      [2, -5, true],
      [0, -5, false],
      [3, -5, false],
      [1, -5, false],
    ]);
    expect(result.results.map(({ rank, document }) => [rank, document.text])).toEqual([
      [1, "4"],
      [2, "5"],
      [3, "3"],
      [4, "2"],
      [5, "1"],
    ]);
    expect([result.scoreScale, result.model, result.warnings]).toEqual(["logit", reranker.id, []]);
  });

  it("puts what later stages drop above what earlier ones dropped", async () => {
    const stages = [
      { reranker: fakeReranker().reranker, keep: 4 },
      { reranker: fakeReranker({ score: (text) => -Number(text) }).reranker, keep: 2 },
      fakeReranker().reranker,
    ];
    const { results } = await cascade(stages).rerank(request);
    expect(results.map(({ document }) => document.text)).toEqual(["3", "2", "4", "5", "1"]);
  });

  it("sums usage and stages, and keeps a record of each part", async () => {
    const paid = { pairs: 2, tokens: 0, calls: 1, promptTokens: 90, cost: 0.25 };
    const stages = [
      { reranker: fakeReranker({ id: "cheap" }).reranker, keep: 2 },
      fakeReranker({ id: "dear", more: { usage: paid, timings: { totalMs: 3, stages: { model: 3 } } } })
        .reranker,
    ];
    const { usage, timings, parts } = await cascade(stages).rerank(request);
    expect(usage).toEqual({ pairs: 7, tokens: 50, calls: 1, promptTokens: 90, cost: 0.25 });
    expect(timings.stages).toEqual({ tokenize: 1, model: 5 });
    expect(parts).toEqual([
      {
        ...{ model: "cheap (float32)", outcome: "ranked", documents: 5, totalMs: expect.any(Number) },
        usage: { pairs: 5, tokens: 50, calls: 0 },
      },
      {
        ...{ model: "dear (float32)", outcome: "ranked", documents: 2, totalMs: expect.any(Number) },
        usage: paid,
      },
    ]);
  });

  it("maps the indices of warnings back to the request's", async () => {
    const warnings = [
      { code: "truncated" as const, message: "cut", documents: [0, 1] },
      { code: "query_truncated" as const, message: "query cut" },
    ];
    const stages = [
      { reranker: fakeReranker().reranker, keep: 2 },
      fakeReranker({ more: { warnings } }).reranker,
    ];
    expect((await cascade(stages).rerank(request)).warnings).toEqual([
      { code: "truncated", message: "cut", documents: [2, 4] },
      { code: "query_truncated", message: "query cut" },
    ]);
  });

  it("asks for no more of a stage than the caller will see", async () => {
    const [first, second, last] = [fakeReranker(), fakeReranker(), fakeReranker()];
    const stages = [
      { reranker: first.reranker, keep: 4 },
      { reranker: second.reranker, keep: 2 },
      last.reranker,
    ];
    const wanted = async (topN?: number) => {
      const { results } = await cascade(stages).rerank({ ...request, topN });
      expect(results).toHaveLength(topN ?? 5);
      return [first, second, last].map(({ requests }) => requests.at(-1)?.topN);
    };
    expect(await wanted()).toEqual([5, 4, 2]);
    expect(await wanted(1)).toEqual([4, 2, 1]);
    expect(await wanted(3)).toEqual([4, 4, 2]);
  });

  it("takes scorers, and keeps the order given where that is a stage", async () => {
    const scorer: Scorer = {
      ...{ id: "s", scoreScale: "logit", maxTokens: 9, close: async () => {} },
      score: async (pairs: readonly Pair[]) => ({
        scores: Float64Array.from(pairs, ({ document }) => Number(document.text)),
      }),
    };
    const { results } = await cascade([{ reranker: asGiven(), keep: 2 }, scorer]).rerank(request);
    expect(results.map(({ document }) => document.text)).toEqual(["3", "1", "5", "2", "4"]);
  });

  it("passes on what a stage throws, and refuses a result that is none", async () => {
    const broken = fakeReranker({ errors: [new TypeError("no session")] });
    await expect(cascade([broken.reranker]).rerank(request)).rejects.toThrow("no session");
    const short = fakeReranker({ more: { results: [] } });
    await expect(cascade([short.reranker]).rerank(request)).rejects.toMatchObject({
      code: "INVALID_PLUGIN_RESULT",
      field: "results.length",
    });
  });

  it("returns the ranking before a stage that gave nothing a score, and says why", async () => {
    const plain = await fakeReranker().reranker.rerank({ query: "q", documents: ["5", "4"] });
    const results = plain.results.map((each) => ({ ...each, score: 0, scored: false }));
    const outage = { code: "outage" as const, message: "down", documents: [1] };
    const llm = fakeReranker({ id: "llm", scale: "rank", more: { results, warnings: [outage] } });
    const result = await cascade([{ reranker: fakeReranker().reranker, keep: 2 }, llm.reranker]).rerank(
      request,
    );
    expect(result.results.map(({ document }) => document.text)).toEqual(["5", "4", "3", "2", "1"]);
    expect(result.scoreScale).toBe("logit");
    expect(result.warnings).toEqual([
      { code: "outage", message: "down", documents: [4] },
      {
        code: "outage",
        message:
          "llm ranked nothing, so that 1 of 2 stages count; scores are those of fake (float32), on the scale logit.",
        documents: [2, 4],
      },
    ]);
  });

  it("counts progress over all stages", async () => {
    const onProgress = vi.fn();
    const stages = [{ reranker: fakeReranker().reranker, keep: 2 }, fakeReranker().reranker];
    await cascade(stages).rerank({ ...request, onProgress });
    expect(onProgress.mock.calls).toEqual([
      [5, 7],
      [7, 7],
    ]);
  });

  it.each([
    [[], "cascade"],
    [[{ reranker: fakeReranker().reranker, keep: 0 }, fakeReranker().reranker], "cascade[0].keep"],
    [[fakeReranker().reranker, { reranker: fakeReranker().reranker, keep: 3 }], "cascade[1].keep"],
    [[{ reranker: "model" as never }], "cascade[0]"],
    [["model" as never], "cascade[0]"],
  ])("refuses %o", (stages, field) => {
    expect(() => cascade(stages)).toThrow(expect.objectContaining({ code: "INVALID_OPTION", field }));
  });
});

describe("a cascade against the clock", () => {
  const quick = () => fakeReranker({ id: "quick", scale: "similarity" });

  it("gives each stage what is left", async () => {
    const [first, last] = [fakeReranker({ ms: 30 }), fakeReranker()];
    await cascade([first.reranker, last.reranker]).rerank({ ...request, deadlineMs: 5000 });
    expect(first.requests[0]?.deadlineMs).toBeGreaterThan(4900);
    expect(last.requests[0]?.deadlineMs).toBeLessThan(4980);
    expect(last.requests[0]?.deadlineMs).toBeGreaterThan(4000);
  });

  it("keeps what a stage got done", async () => {
    const slow = fakeReranker({ ms: 5000, doneInTime: 1, score: () => 7 });
    const result = await cascade([{ reranker: quick().reranker, keep: 3 }, slow.reranker]).rerank({
      ...request,
      deadlineMs: 200,
    });
    expect(result.results.map(({ document }) => document.text)).toEqual(["5", "4", "3", "2", "1"]);
    expect(result.results.map(({ scored }) => scored)).toEqual([true, false, false, false, false]);
    expect([result.scoreScale, result.parts?.[1]?.outcome]).toEqual(["logit", "partial"]);
    expect(result.warnings).toEqual([{ code: "deadline", message: "late", documents: [0, 4] }]);
  });

  it.each([false, true])(
    "returns the ranking before it where a stage got nothing done (stubborn: %s)",
    async (stubborn) => {
      const slow = fakeReranker({ id: "slow", ms: 9000, stubborn });
      const began = performance.now();
      const result = await cascade([{ reranker: quick().reranker, keep: 3 }, slow.reranker]).rerank({
        ...request,
        deadlineMs: 200,
      });
      expect(performance.now() - began).toBeLessThan(5000);
      expect(brief(result)).toEqual([
        [2, 5, true],
        [4, 4, true],
        [0, 3, true],
        [3, 2, true],
        [1, 1, true],
      ]);
      expect(result.scoreScale).toBe("similarity");
      expect(result.warnings).toEqual([
        {
          code: "deadline",
          message:
            "slow ranked nothing within 200 ms, so that 1 of 2 stages count; scores are those of quick (float32), on the scale similarity.",
          documents: [0, 2, 4],
        },
      ]);
    },
  );

  it("does not ask later stages when time is over", async () => {
    const last = fakeReranker({ id: "last" });
    const first = fakeReranker({ ms: 60, stubborn: true });
    const { parts, warnings } = await cascade([first.reranker, last.reranker]).rerank({
      ...request,
      deadlineMs: 20,
    });
    expect(last.requests).toEqual([]);
    expect(parts?.map(({ outcome }) => outcome)).toEqual(["ranked", "skipped"]);
    expect(warnings[0]?.message).toContain("last ranked nothing within 20 ms");
  });

  it("returns the candidates as they came where no stage answered", async () => {
    const stuck = fakeReranker({ ms: 2000, stubborn: true });
    const result = await cascade([stuck.reranker]).rerank({
      query: "q",
      documents: ["1", "2"],
      deadlineMs: 1,
    });
    expect(brief(result)).toEqual([
      [0, 0, false],
      [1, 0, false],
    ]);
    expect(result.warnings[0]?.message).toContain("the candidates stand in the order given");
  });
});
