import { describe, expect, it } from "vitest";
import { noisyJudge } from "../../llm/testing/noisy-judge.js";
import { scriptedModel } from "../../llm/testing/scripted-model.js";
import { listwise } from "./listwise.js";
import { orderSensitivity } from "./order-sensitivity.js";

const worth = (text: string) => Number(text.split(" ").at(-1));
const documents = Array.from({ length: 12 }, (_, i) => `document worth ${i}`);
const measure = (positionBias: (place: number) => number) =>
  orderSensitivity(
    listwise(scriptedModel(noisyJudge({ worth, positionBias }))),
    { query: "q", documents },
    { shuffles: 8 },
  );

describe("orderSensitivity", () => {
  it("finds none in a judge who has none", async () => {
    const { agreement, positionBias, ranks } = await measure(() => 0);
    expect(agreement).toBe(1);
    expect(Math.abs(positionBias)).toBeLessThan(0.3);
    expect(ranks[11]).toEqual({ mean: 1, best: 1, worst: 1 });
  });

  it("finds nothing else in one who likes what stands first", async () => {
    const { agreement, positionBias, ranks } = await measure((place) => -1000 * place);
    expect(agreement).toBeLessThan(0.3);
    expect(positionBias).toBeCloseTo(1, 12);
    expect(ranks[11]!.worst).toBeGreaterThan(ranks[11]!.best);
  });

  it("grows with the bias", async () => {
    const biases: number[] = [];
    for (const size of [0, 5, 10, 20, 40])
      biases.push((await measure((place) => -size * place)).positionBias);
    expect(biases).toEqual(biases.toSorted((a, b) => a - b));
  });

  it("needs something to compare", async () => {
    const reranker = listwise(scriptedModel([""]));
    const request = { query: "q", documents };
    await expect(orderSensitivity(reranker, request, { shuffles: 1 })).rejects.toMatchObject({
      field: "shuffles",
    });
    await expect(orderSensitivity(reranker, { query: "q", documents: ["x"] })).rejects.toMatchObject({
      field: "documents.length",
    });
  });
});
