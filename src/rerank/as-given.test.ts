import { describe, expect, it } from "vitest";
import { asGiven, firstStage } from "./as-given.js";
import { brief } from "./testing/fake-reranker.js";

describe("asGiven", () => {
  it("keeps the order, whatever the first stage's scores", async () => {
    const documents = [{ text: "a", score: 1 }, "b", { text: "c", score: 9 }, "d"];
    const result = await asGiven().rerank({ query: "q", documents });
    expect(brief(result)).toEqual([
      [0, 1, true],
      [1, 0.75, true],
      [2, 0.5, true],
      [3, 0.25, true],
    ]);
    expect([result.scoreScale, result.model]).toEqual(["rank", "rankwright/as-given"]);
    expect((await asGiven().rerank({ query: "q", documents, topN: 2 })).results).toHaveLength(2);
  });

  it("holds requests to what all rerankers do, and ends like them", async () => {
    const reranker = asGiven();
    await expect(reranker.rerank({ query: " ", documents: ["a"] })).rejects.toMatchObject({
      code: "EMPTY_QUERY",
    });
    await reranker.close();
    await expect(reranker.rerank({ query: "q", documents: ["a"] })).rejects.toMatchObject({ code: "CLOSED" });
  });
});

describe("firstStage", () => {
  it("ranks by the candidates' own scores, those without one last", async () => {
    const documents = ["none", { text: "low", score: -3 }, { text: "high", score: 8 }];
    expect(brief(await firstStage().rerank({ query: "q", documents }))).toEqual([
      [2, 8, true],
      [1, -3, true],
      [0, -3, false],
    ]);
  });

  it("takes the order for the first stage's where there are no scores", async () => {
    expect(brief(await firstStage().rerank({ query: "q", documents: ["a", "b"] }))).toEqual([
      [0, 1, true],
      [1, 0.5, true],
    ]);
  });
});
