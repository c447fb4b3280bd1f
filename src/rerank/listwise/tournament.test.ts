import { describe, expect, it } from "vitest";
import { noisyJudge } from "../../llm/testing/noisy-judge.js";
import { scriptedModel } from "../../llm/testing/scripted-model.js";
import { shownDocuments } from "../../llm/testing/shown-documents.js";
import { RankwrightError } from "../../types/index.js";
import { tournament } from "./tournament.js";

const worth = (text: string) => Number(text.split(" ").at(-1));
const judge = noisyJudge({ worth });
const documents = Array.from({ length: 100 }, (_, i) => `document worth ${(i * 37) % 100}`);
const worthsOf = ({ results }: { results: readonly { document: { text: string } }[] }) =>
  results.map(({ document }) => worth(document.text));

describe("tournament", () => {
  it("takes 13 calls for 100 documents in five steps, and finds the best", async () => {
    const model = scriptedModel(judge, { latencyMs: 5 });
    const result = await tournament(model).rerank({ query: "q", documents });
    expect(model.requests).toHaveLength(13);
    expect(model.requests.map((request) => shownDocuments(request).length)).toEqual([
      20, 20, 20, 20, 20, 10, 10, 10, 10, 10, 20, 10, 5,
    ]);
    expect(model.mostAtOnce).toBe(5);
    expect(worthsOf(result).slice(0, 2).sort()).toEqual([98, 99]);
    expect(
      worthsOf(result)
        .slice(0, 5)
        .toSorted((a, b) => b - a),
    ).toEqual([99, 98, 97, 96, 95]);
    const points = new Set(worthsOf(result).slice(50));
    expect(Math.max(...points)).toBeLessThan(60);
    expect(model.requests[0]?.messages[1]?.content).toContain("select the 10 documents");
  });

  it("has groups that span the ranks of the first stage", async () => {
    const model = scriptedModel(judge);
    const sorted = Array.from({ length: 100 }, (_, i) => `document worth ${99 - i}`);
    await tournament(model).rerank({ query: "q", documents: sorted });
    const first = shownDocuments(model.requests[0]!).map(({ text }) => worth(text));
    expect(first.toSorted((a, b) => b - a)).toEqual(Array.from({ length: 20 }, (_, i) => 99 - 5 * i));
    expect(first).not.toEqual(first.toSorted((a, b) => b - a));
  });

  it("sums the points of several rounds, which differ", async () => {
    const noisy = noisyJudge({ worth, noise: 30 });
    const model = scriptedModel(noisy);
    const once = await tournament(scriptedModel(noisy)).rerank({ query: "q", documents, topN: 10 });
    const often = await tournament(model, { rounds: 10 }).rerank({ query: "q", documents, topN: 10 });
    expect(model.requests).toHaveLength(130);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(worthsOf(often))).toBeGreaterThan(sum(worthsOf(once)));
    const again = await tournament(scriptedModel(noisy), { rounds: 10 }).rerank({
      query: "q",
      documents,
      topN: 10,
    });
    expect(worthsOf(again)).toEqual(worthsOf(often));
  });

  it.each([2, 3, 7, 25])("ranks %i documents", async (count) => {
    const few = documents.slice(0, count);
    const result = await tournament(scriptedModel(judge)).rerank({ query: "q", documents: few });
    const expected = Math.max(...few.map(worth));
    expect(worthsOf(result).slice(0, 2)).toContain(expected);
    expect(result.results).toHaveLength(count);
  });

  it("lets the first stage decide where an answer is of no use or too short", async () => {
    const model = scriptedModel(["no idea", "[1]"]);
    const { results, warnings } = await tournament(model).rerank({
      query: "q",
      documents: documents.slice(0, 5),
    });
    expect(results.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(warnings[0]?.message).toContain("1 of 1 answers were of no use (1 wrong_format)");
    const short = await tournament(scriptedModel(["[5]"])).rerank({
      query: "q",
      documents: documents.slice(0, 5),
    });
    expect(short.warnings).toMatchObject([
      { code: "answers_repaired", message: expect.stringContaining("1 missing") },
    ]);
  });

  it("keeps the points that a budget paid for", async () => {
    const over = new RankwrightError("BUDGET_EXCEEDED", "no more");
    const model = scriptedModel((request, index) => (index < 10 ? judge(request) : over));
    const result = await tournament(model).rerank({ query: "q", documents });
    expect(result.usage.calls).toBe(10);
    expect(Math.min(...worthsOf(result).slice(0, 20))).toBeGreaterThan(60);
    expect(result.warnings.map(({ code }) => code)).toEqual(["budget"]);
    expect(result.results.every(({ scored }) => scored)).toBe(true);
  });

  it("takes a listwise prompt too, and refuses groups that are too small", async () => {
    const result = await tournament(scriptedModel(judge), { prompt: "rankgpt" }).rerank({
      query: "q",
      documents,
    });
    expect(worthsOf(result).slice(0, 2).sort()).toEqual([98, 99]);
    expect(() => tournament(scriptedModel([""]), { groupSize: 4 })).toThrow(/groupSize is 4/);
    expect(() => tournament(scriptedModel([""]), { rounds: 0 })).toThrow(/rounds is 0/);
    expect(() => tournament(scriptedModel([""]), { prompt: "prp" })).toThrow(/selection or listwise/);
  });
});
