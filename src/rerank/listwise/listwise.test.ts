import { describe, expect, it, vi } from "vitest";
import { kendallTau } from "../../evaluate/statistics/rank-correlation.js";
import type { ChatRequest } from "../../llm/chat-model.js";
import { noisyJudge } from "../../llm/testing/noisy-judge.js";
import { scriptedModel } from "../../llm/testing/scripted-model.js";
import { shownDocuments } from "../../llm/testing/shown-documents.js";
import { listwise } from "./listwise.js";

/** Documents whose text is their worth; the best is the highest number. */
const worths = (count: number) => Array.from({ length: count }, (_, i) => `document worth ${i}`);
const worth = (text: string) => Number(text.split(" ").at(-1));
const judge = noisyJudge({ worth });
const shown = (request: ChatRequest) => shownDocuments(request).map(({ text }) => worth(text));
const order = ({ results }: { results: readonly { index: number }[] }) => results.map(({ index }) => index);

describe("listwise", () => {
  it("asks 9 times about 100 documents, from the back, and carries the best to the front", async () => {
    const model = scriptedModel(judge, { price: 2 });
    const result = await listwise(model).rerank({ query: "q", documents: worths(100), topN: 10 });
    expect(model.requests).toHaveLength(9);
    expect(shown(model.requests[0]!)).toEqual(Array.from({ length: 20 }, (_, i) => 80 + i));
    expect(model.mostAtOnce).toBe(1);
    expect(order(result)).toEqual([99, 98, 97, 96, 95, 94, 93, 92, 91, 90]);
    expect(result.results[1]).toEqual({
      index: 98,
      rank: 2,
      score: 0.5,
      scored: true,
      document: { text: "document worth 98" },
    });
    const { promptTokens = 0, completionTokens = 0, cost } = result.usage;
    expect(result.usage).toMatchObject({ pairs: 100, tokens: 0, calls: 9 });
    expect(completionTokens).toBeGreaterThan(9 * 20);
    expect(cost).toBeCloseTo((2 * (promptTokens + completionTokens)) / 1000, 9);
    expect(result).toMatchObject({ model: "scripted (listwise, rankgpt)", scoreScale: "rank", warnings: [] });
  });

  it.each([
    [25, 2],
    [20, 1],
    [7, 1],
    [2, 1],
  ])("shows every one of %i documents, in %i calls", async (count, calls) => {
    const model = scriptedModel(judge);
    const result = await listwise(model).rerank({ query: "q", documents: worths(count) });
    expect(model.requests).toHaveLength(calls);
    expect(new Set(model.requests.flatMap(shown)).size).toBe(count);
    if (calls === 1) expect(order(result)).toEqual(Array.from({ length: count }, (_, i) => count - 1 - i));
  });

  it("asks nothing about one document, or several that read the same", async () => {
    const model = scriptedModel(judge);
    const one = await listwise(model).rerank({ query: "q", documents: ["only"] });
    expect(one).toMatchObject({
      results: [{ index: 0, rank: 1, score: 1, scored: true }],
      usage: { pairs: 0, calls: 0 },
    });
    const same = await listwise(model).rerank({ query: "q", documents: ["x", "x", "x"] });
    expect(same.results.map(({ index, rank, score }) => [index, rank, score])).toEqual([
      [0, 1, 1],
      [1, 2, 1],
      [2, 3, 1],
    ]);
    expect(model.requests).toHaveLength(0);
    expect(same.usage).toEqual({ pairs: 0, tokens: 0, calls: 0 });
  });

  it("shows candidates that read the same once, and gives them one score", async () => {
    const model = scriptedModel(judge);
    const documents = ["worth 1", { text: "worth 5", id: "a" }, "worth 3", { text: "worth 5", id: "b" }];
    const { results, usage } = await listwise(model).rerank({ query: "q", documents });
    expect(shown(model.requests[0]!)).toEqual([1, 5, 3]);
    expect(results.map(({ index, rank, score }) => [index, rank, score])).toEqual([
      [1, 1, 1],
      [3, 2, 1],
      [2, 3, 1 / 3],
      [0, 4, 1 / 4],
    ]);
    expect(usage.pairs).toBe(3);
  });

  it("passes again until nothing changes", async () => {
    const model = scriptedModel(judge);
    const request = { query: "q", documents: worths(40), topN: 20 };
    expect(order(await listwise(model, { passes: 1 }).rerank(request)).slice(10)).not.toEqual(
      Array.from({ length: 10 }, (_, i) => 29 - i),
    );
    const many = scriptedModel(judge);
    const result = await listwise(many, { passes: 10 }).rerank(request);
    expect(order(result)).toEqual(Array.from({ length: 20 }, (_, i) => 39 - i));
    expect(many.requests.length).toBeLessThan(10 * 3);
    expect(many.requests.length % 3).toBe(0);
  });

  it("asks each window several times at once, the first time as given, and lets the answers vote", async () => {
    // A judge who likes whatever stands first, more than what is good.
    const biased = noisyJudge({ worth, positionBias: (place) => -30 * place });
    const documents = worths(20);
    const once = await listwise(scriptedModel(biased)).rerank({ query: "q", documents });
    expect(order(once).indexOf(19)).toBe(19);
    const model = scriptedModel(biased, { latencyMs: 5 });
    const voted = await listwise(model, { permutations: 40 }).rerank({ query: "q", documents });
    expect(
      kendallTau(
        order(voted),
        documents.map((_, rank) => -rank),
      ),
    ).toBeGreaterThan(0.8);
    expect(model.requests).toHaveLength(40);
    expect(shown(model.requests[0]!)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(model.mostAtOnce).toBe(8);
    const again = await listwise(scriptedModel(biased), { permutations: 40 }).rerank({
      query: "q",
      documents,
    });
    expect(order(again)).toEqual(order(voted));
    const other = await listwise(scriptedModel(biased), { permutations: 2, seed: 9 }).rerank({
      query: "q",
      documents,
    });
    expect(order(other)).not.toEqual(order(voted));
  });

  it("does not count answers of no use as votes", async () => {
    const documents = worths(10);
    for (const shuffle of ["window", "list"] as const) {
      const model = scriptedModel((request, index) => (index === 0 ? judge(request) : "no idea"));
      const result = await listwise(model, { permutations: 6, shuffle }).rerank({ query: "q", documents });
      expect(order(result)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
      const none = await listwise(scriptedModel(["?"]), { permutations: 6, shuffle }).rerank({
        query: "q",
        documents,
      });
      expect(order(none)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    }
  });

  it("shuffles the whole list where asked to, and takes another way to aggregate", async () => {
    const model = scriptedModel(judge);
    const aggregate = vi.fn((rankings: readonly (readonly number[])[]) => rankings[0] as readonly number[]);
    const options = { permutations: 3, shuffle: "list", aggregate, window: 5, stride: 2 } as const;
    const result = await listwise(model, options).rerank({ query: "q", documents: worths(12) });
    expect(aggregate.mock.calls.map(([rankings]) => rankings.length)).toEqual([2, 3]);
    expect(order(result)).toEqual([...aggregate.mock.calls[1]![0][0]!]);
    expect(model.requests).toHaveLength(3 * 5);
    const wrong = listwise(scriptedModel(judge), { permutations: 2, aggregate: () => [0, 0] });
    await expect(wrong.rerank({ query: "q", documents: worths(2) })).rejects.toMatchObject({
      code: "INVALID_PLUGIN_RESULT",
    });
  });

  it("reads the order off the first token's log probabilities", async () => {
    const model = scriptedModel(judge);
    const result = await listwise(model, { reading: "logprobs" }).rerank({
      query: "q",
      documents: worths(10),
    });
    expect(order(result)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    expect(model.requests[0]).toMatchObject({ topLogprobs: 20, maxTokens: 4 });
    expect(result.model).toBe("scripted (listwise, first)");
    const silent = listwise(scriptedModel(["[B] > [A]"]), { reading: "logprobs" });
    await expect(silent.rerank({ query: "q", documents: worths(3) })).rejects.toMatchObject({
      code: "LOGPROBS_MISSING",
      message: expect.stringContaining('use "text"'),
    });
  });

  it("hands on the instruction, the temperature and the seed", async () => {
    const model = scriptedModel(judge);
    const options = { temperature: 0.5, seed: 7, answerTokens: 99 };
    await listwise(model, options).rerank({
      query: "q",
      documents: worths(3),
      instruction: "prefer new ones",
    });
    const [request] = model.requests;
    expect(request).toMatchObject({ temperature: 0.5, seed: 7, maxTokens: 99 });
    expect(request?.messages.at(-1)?.content).toContain("prefer new ones");
    const plain = scriptedModel(judge);
    await listwise(plain).rerank({ query: "q", documents: worths(3) });
    expect(plain.requests[0]).toMatchObject({ temperature: 0, maxTokens: 4096 });
    expect(plain.requests[0]).not.toHaveProperty("seed");
  });

  it.each([
    [{ window: 1 }, "window"],
    [{ window: 10, stride: 10 }, "stride"],
    [{ stride: 0 }, "stride"],
    [{ passes: 0 }, "passes"],
    [{ permutations: 1.5 }, "permutations"],
    [{ reading: "logprobs", window: 21 }, "window"],
    [{ prompt: "first", window: 27 }, "window"],
    [{ reading: "words" as "text" }, "reading"],
    [{ shuffle: "all" as "list" }, "shuffle"],
    [{ temperature: 3 }, "temperature"],
    [{ documentWords: 3 }, "documentWords"],
    [{ answerTokens: 0 }, "answerTokens"],
    [{ concurrency: 0 }, "concurrency"],
    [{ seed: -1 }, "seed"],
    [{ countTokens: 4 as unknown as () => number }, "countTokens"],
  ] as const)("refuses %j", (options, field) => {
    expect(() => listwise(scriptedModel([""]), options)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field }),
    );
  });

  it("refuses a prompt of another kind", () => {
    expect(() => listwise(scriptedModel([""]), { prompt: "setwise" })).toThrow(
      expect.objectContaining({
        code: "INVALID_PROMPT",
        message: 'The prompt "setwise" is of kind "setwise"; listwise needs one of kind listwise.',
      }),
    );
  });
});
