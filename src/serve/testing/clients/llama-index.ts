import { CohereRerank } from "@llamaindex/cohere";
import { TextNode } from "@llamaindex/core/schema";
import { describe, expect, it } from "vitest";
import { BEST, type ClientTarget, checkRanking, documents, query } from "./target.js";

export function describeLlamaIndex(target: () => ClientTarget, key: () => string): void {
  // It calls through the Cohere client of an older major version.
  describe("@llamaindex/cohere, CohereRerank", () => {
    const nodes = documents.map((text, place) => ({ node: new TextNode({ text, id_: String(place) }) }));
    const ask = (topN: number) =>
      new CohereRerank({
        topN,
        model: target().model,
        apiKey: key(),
        baseUrl: target().baseUrl,
      }).postprocessNodes(nodes, query);

    it("ranks", async () => {
      const ranked = await ask(3);
      checkRanking(
        ranked.map(({ node, score = -1 }) => ({ index: Number(node.id_), score })),
        3,
      );
    });

    it("cuts to topN", async () => {
      expect((await ask(1)).map(({ node }) => Number(node.id_))).toEqual([BEST]);
    });
  });
}
