import { describe, expect, it } from "vitest";
import { noisyJudge } from "../../llm/testing/noisy-judge.js";
import { scriptedModel } from "../../llm/testing/scripted-model.js";
import { shownDocuments } from "../../llm/testing/shown-documents.js";
import { RankwrightError } from "../../types/index.js";
import { setwise } from "./setwise.js";

const worth = (text: string) => Number(text.split(" ").at(-1));
const judge = noisyJudge({ worth });
const documents = Array.from({ length: 100 }, (_, i) => `document worth ${(i * 37) % 100}`);
const best = (count: number) => Array.from({ length: count }, (_, i) => 99 - i);
const worthsOf = ({ results }: { results: readonly { document: { text: string } }[] }) =>
  results.map(({ document }) => worth(document.text));

describe("setwise", () => {
  it.each(["heapsort", "bubblesort"] as const)(
    "ranks the best ten by %s, the others keep their order",
    async (sort) => {
      const model = scriptedModel(judge);
      const result = await setwise(model, { sort }).rerank({ query: "q", documents });
      expect(worthsOf(result).slice(0, 10)).toEqual(best(10));
      if (sort === "heapsort") {
        const rest = result.results.slice(10).map(({ index }) => index);
        expect(rest).toEqual(rest.toSorted((a, b) => a - b));
      }
      expect(shownDocuments(model.requests[0]!).map(({ id }) => id)).toEqual(["A", "B", "C"]);
      expect(result.model).toBe(`scripted (setwise ${sort}, setwise)`);
      expect(result.usage.calls).toBe(model.requests.length);
      expect(result.usage.calls).toBeLessThan(sort === "heapsort" ? 150 : 475);
    },
  );

  it("ranks no deeper than the caller looks", async () => {
    const model = scriptedModel(judge);
    const result = await setwise(model, { children: 9 }).rerank({ query: "q", documents, topN: 3 });
    expect(worthsOf(result)).toEqual(best(3));
    expect(model.requests.length).toBeLessThan(25);
  });

  it("builds the heap in parallel", async () => {
    const model = scriptedModel(judge, { latencyMs: 1 });
    await setwise(model, { concurrency: 12 }).rerank({ query: "q", documents, topN: 1 });
    expect(model.mostAtOnce).toBe(12);
  });

  it("lets several orders vote, against a judge who likes the first", async () => {
    const biased = noisyJudge({ worth, positionBias: (place) => -15 * place });
    const once = await setwise(scriptedModel(biased)).rerank({ query: "q", documents, topN: 10 });
    const model = scriptedModel(biased);
    const voted = await setwise(model, { permutations: 9 }).rerank({ query: "q", documents, topN: 10 });
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(worthsOf(voted))).toBeGreaterThan(sum(worthsOf(once)));
    expect(model.requests.length % 9).toBe(0);
  });

  it("reads the most probable label, whatever the text says", async () => {
    const model = scriptedModel((request) => {
      const shown = shownDocuments(request);
      const top = shown
        .map(({ id, text }) => ({ token: ` ${id}`, logprob: (worth(text) - 100) / 10 }))
        .sort((a, b) => b.logprob - a.logprob);
      return { text: "Well, A", logprobs: [{ ...top[0]!, top }] };
    });
    const result = await setwise(model, { reading: "logprobs" }).rerank({ query: "q", documents, topN: 10 });
    expect(worthsOf(result)).toEqual(best(10));
    expect(model.requests[0]?.topLogprobs).toBe(20);
    const silent = setwise(scriptedModel(["A"]), { reading: "logprobs" });
    await expect(silent.rerank({ query: "q", documents })).rejects.toMatchObject({
      code: "LOGPROBS_MISSING",
    });
  });

  it("keeps the parent where the answer is of no use", async () => {
    const model = scriptedModel(["Passage Z", "I cannot help with that."]);
    const { results, warnings } = await setwise(model).rerank({ query: "q", documents, topN: 3 });
    // Every root that is taken away leaves the heap's last in its place.
    expect(results.map(({ index }) => index)).toEqual([0, 99, 98]);
    expect(warnings).toEqual([
      {
        code: "window_kept",
        message:
          "52 of 52 answers were of no use (1 wrong_format, 51 refused); their documents kept the incoming order.",
      },
    ]);
  });

  it("has ranked as many as a budget allows", async () => {
    const over = new RankwrightError("BUDGET_EXCEEDED", "no more");
    const model = scriptedModel((request, index) => (index < 110 ? judge(request) : over));
    const { results, warnings } = await setwise(model).rerank({ query: "q", documents, topN: 10 });
    const found = results.findIndex(({ document }, i) => worth(document.text) !== 99 - i);
    expect(found).toBeGreaterThan(1);
    expect(found).toBeLessThan(10);
    const rest = results.slice(found).map(({ index }) => index);
    expect(rest).toEqual(rest.toSorted((a, b) => a - b));
    expect(warnings.map(({ code }) => code)).toEqual(["budget"]);
  });

  it("compares pairs by bubblesort with one child and a pairwise prompt", async () => {
    const model = scriptedModel(judge);
    const options = { prompt: "prp", children: 1, sort: "bubblesort" } as const;
    const result = await setwise(model, options).rerank({
      query: "q",
      documents: documents.slice(0, 12),
      topN: 2,
    });
    expect(worthsOf(result)).toEqual(
      documents
        .slice(0, 12)
        .map(worth)
        .toSorted((a, b) => b - a)
        .slice(0, 2),
    );
    expect(() => setwise(model, { ...options, sort: "heapsort" })).toThrow(/children is 1/);
    expect(() => setwise(model, { prompt: "prp" })).toThrow(/needs one of kind setwise/);
    expect(() => setwise(model, { sort: "quicksort" as "heapsort" })).toThrow(/sort is "quicksort"/);
  });
});
