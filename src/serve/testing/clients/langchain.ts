import { CohereRerank } from "@langchain/cohere";
import { Document } from "@langchain/core/documents";
import { CohereClient } from "cohere-ai";
import { describe, expect, it } from "vitest";
import { BEST, type ClientTarget, checkRanking, documents, query } from "./target.js";

export function describeLangChain(target: () => ClientTarget, key: () => string): void {
  describe("@langchain/cohere, CohereRerank", () => {
    const compressor = (topN = 3) => {
      const client = new CohereClient({ token: key(), baseUrl: target().baseUrl });
      // Its types name the Cohere client of an older major version, whose calls are the same.
      type Fields = NonNullable<ConstructorParameters<typeof CohereRerank>[0]>;
      return new CohereRerank({
        client: client as unknown as NonNullable<Fields["client"]>,
        model: target().model,
        topN,
      });
    };

    it("ranks", async () => {
      const ranking = await compressor().rerank(documents, query);
      checkRanking(
        ranking.map(({ index, relevanceScore }) => ({ index, score: relevanceScore })),
        3,
      );
    });

    it("compresses documents to the best", async () => {
      const given = documents.map((pageContent, place) => new Document({ pageContent, metadata: { place } }));
      const [best, ...others] = await compressor(1).compressDocuments(given, query);
      expect(others).toEqual([]);
      expect(best?.metadata).toMatchObject({ place: BEST, relevanceScore: expect.any(Number) });
    });
  });
}
