import { Cohere, CohereClient, CohereClientV2 } from "cohere-ai";
import { describe, expect, it } from "vitest";
import { BEST, type ClientTarget, checkRanking, documents, NO_RETRY, query } from "./target.js";

export function describeCohereV2(target: () => ClientTarget, key: () => string): void {
  // The prefix answers exactly as Cohere does, the shared path with more than that.
  describe.each(["", "/cohere-v2"])("cohere-ai, CohereClientV2, below %j", (prefix) => {
    const client = (token = key()) => new CohereClientV2({ token, baseUrl: `${target().baseUrl}${prefix}` });
    const ask = (changes: object = {}, token?: string) =>
      client(token).rerank({ model: target().model, query, documents, ...changes }, NO_RETRY);

    it("ranks", async () => {
      const { id, results, meta } = await ask();
      expect(id).toBeTypeOf("string");
      checkRanking(
        results.map(({ index, relevanceScore }) => ({ index, score: relevanceScore })),
        3,
      );
      expect(meta?.apiVersion?.version).toBe("2");
      expect(meta?.billedUnits?.searchUnits).toBe(1);
    });

    it("cuts to topN", async () => {
      const { results } = await ask({ topN: 1, maxTokensPerDoc: 256, priority: 0 });
      expect(results.map(({ index }) => index)).toEqual([BEST]);
      expect((await ask({ topN: 99 })).results).toHaveLength(3);
    });

    it("throws its own errors", async () => {
      await expect(ask({ documents: [] })).rejects.toThrow(Cohere.BadRequestError);
      await expect(ask({ query: " " })).rejects.toMatchObject({ body: { message: expect.any(String) } });
      await expect(ask({ model: "no such model" })).rejects.toThrow(Cohere.NotFoundError);
      if (target().apiKey) await expect(ask({}, "wrong")).rejects.toThrow(Cohere.UnauthorizedError);
    });
  });
}

export function describeCohereV1(target: () => ClientTarget, key: () => string): void {
  describe.each(["", "/cohere-v1"])("cohere-ai, CohereClient, below %j", (prefix) => {
    const ask = (changes: object = {}) =>
      new CohereClient({ token: key(), baseUrl: `${target().baseUrl}${prefix}` }).rerank(
        { model: target().model, query, documents, ...changes },
        NO_RETRY,
      );

    it("ranks", async () => {
      const { results, meta } = await ask();
      checkRanking(
        results.map(({ index, relevanceScore }) => ({ index, score: relevanceScore })),
        3,
      );
      expect(meta?.apiVersion?.version).toBe("1");
    });

    it("ranks objects by rankFields and gives documents back", async () => {
      const objects = documents.map((text, place) => ({ text, title: `document ${place}` }));
      const { results } = await ask({
        documents: objects,
        rankFields: ["title", "text"],
        returnDocuments: true,
        maxChunksPerDoc: 10,
      });
      for (const { index, document } of results) expect(document).toMatchObject({ text: documents[index] });
    });

    it("throws its own errors", async () => {
      await expect(ask({ documents: [] })).rejects.toThrow(Cohere.BadRequestError);
      await expect(ask({ rankFields: ["title"], documents: [{ text: "a" }] })).rejects.toMatchObject({
        body: { message: expect.stringContaining("documents[0].title") },
      });
    });
  });
}
