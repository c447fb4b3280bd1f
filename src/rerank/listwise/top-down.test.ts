import { describe, expect, it } from "vitest";
import { noisyJudge } from "../../llm/testing/noisy-judge.js";
import { scriptedModel } from "../../llm/testing/scripted-model.js";
import { shownDocuments } from "../../llm/testing/shown-documents.js";
import { RankwrightError } from "../../types/index.js";
import { topDown } from "./top-down.js";

const worth = (text: string) => Number(text.split(" ").at(-1));
const judge = noisyJudge({ worth });
/** Good ones first, with some of the best further down. */
const documents = Array.from({ length: 100 }, (_, i) => `document worth ${i % 17 === 16 ? 100 + i : 99 - i}`);
const worthsOf = ({ results }: { results: readonly { document: { text: string } }[] }) =>
  results.map(({ document }) => worth(document.text));

describe("topDown", () => {
  it("takes 7 calls for 100 documents, five of them at once", async () => {
    const model = scriptedModel(judge, { latencyMs: 5 });
    const result = await topDown(model).rerank({ query: "q", documents });
    expect(model.requests).toHaveLength(7);
    expect(model.requests.map((request) => shownDocuments(request).length)).toEqual([
      20, 20, 20, 20, 20, 5, 14,
    ]);
    expect(model.mostAtOnce).toBe(5);
    const expected = documents.map(worth).toSorted((a, b) => b - a);
    expect(worthsOf(result).slice(0, 12)).toEqual(expected.slice(0, 12));
    expect(result.results.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([...documents.keys()]);
  });

  it("shows the pivot first in every batch", async () => {
    const model = scriptedModel(judge);
    await topDown(model).rerank({ query: "q", documents });
    const firsts = model.requests.slice(1, 6).map((request) => shownDocuments(request)[0]!.text);
    expect(new Set(firsts).size).toBe(1);
  });

  it("needs one call for a window, and none again where nothing is better than the pivot", async () => {
    const one = scriptedModel(judge);
    await topDown(one).rerank({ query: "q", documents: documents.slice(0, 20) });
    expect(one.requests).toHaveLength(1);
    const sorted = Array.from({ length: 100 }, (_, i) => `document worth ${99 - i}`);
    const model = scriptedModel(judge);
    const result = await topDown(model).rerank({ query: "q", documents: sorted });
    expect(model.requests).toHaveLength(6);
    expect(worthsOf(result)).toEqual(sorted.map(worth));
  });

  it("goes on with as many as the budget says, and ranks again those that are more than a window", async () => {
    const reversed = Array.from({ length: 60 }, (_, i) => `document worth ${i}`);
    const small = scriptedModel(judge);
    const cut = await topDown(small, { budget: 20 }).rerank({ query: "q", documents: reversed });
    expect(worthsOf(cut)[0]).toBeLessThan(59);
    const large = scriptedModel(judge);
    const whole = await topDown(large).rerank({ query: "q", documents: reversed });
    expect(worthsOf(whole).slice(0, 3)).toEqual([59, 58, 57]);
    expect(large.requests.length).toBeGreaterThan(small.requests.length);
  });

  it("keeps the order where answers are of no use", async () => {
    const { results, warnings } = await topDown(scriptedModel(["?"])).rerank({ query: "q", documents });
    expect(results.map(({ index }) => index)).toEqual([...documents.keys()]);
    expect(warnings[0]?.message).toContain("6 of 6 answers were of no use");
  });

  it("has the first window in order when the budget ends there", async () => {
    const over = new RankwrightError("BUDGET_EXCEEDED", "no more");
    const model = scriptedModel((request, index) => (index < 1 ? judge(request) : over));
    const result = await topDown(model).rerank({ query: "q", documents });
    expect(worthsOf(result).slice(0, 3)).toEqual([116, 99, 98]);
    expect(result.results.filter(({ scored }) => scored)).toHaveLength(20);
  });

  it.each([
    [{ window: 2 }, "window"],
    [{ cutoff: 20 }, "cutoff"],
    [{ cutoff: 0 }, "cutoff"],
    [{ budget: 9 }, "budget"],
  ])("refuses %j", (options, field) => {
    expect(() => topDown(scriptedModel([""]), options)).toThrow(expect.objectContaining({ field }));
  });
});
