import { createCohere } from "@ai-sdk/cohere";
import { APICallError, rerank } from "ai";
import { describe, expect, it } from "vitest";
import { BEST, type ClientTarget, checkRanking, documents, errorOf, NO_RETRY, query } from "./target.js";

export function describeAiSdk(target: () => ClientTarget, key: () => string): void {
  describe.each(["/v2", "/cohere-v2/v2"])("ai with @ai-sdk/cohere below %j", (base) => {
    const model = (name = target().model, apiKey = key()) =>
      createCohere({ baseURL: `${target().baseUrl}${base}`, apiKey }).reranking(name);

    it("ranks", async () => {
      const { ranking, rerankedDocuments } = await rerank({ model: model(), query, documents });
      checkRanking(
        ranking.map(({ originalIndex, score }) => ({ index: originalIndex, score })),
        3,
      );
      expect(rerankedDocuments[0]).toBe(documents[BEST]);
    });

    it("ranks objects, cut to topN", async () => {
      const objects = documents.map((text) => ({ text }));
      const { ranking } = await rerank({ model: model(), query, documents: objects, topN: 1 });
      expect(ranking.map(({ originalIndex }) => originalIndex)).toEqual([BEST]);
    });

    it("throws its own errors", async () => {
      const refused = async (promise: Promise<unknown>) => {
        const error = await errorOf(promise);
        expect(APICallError.isInstance(error)).toBe(true);
        return error as APICallError;
      };
      const blank = await refused(rerank({ model: model(), query: " ", documents, ...NO_RETRY }));
      expect(blank.statusCode).toBe(400);
      expect(blank.message).toContain("query");
      const unknown = rerank({ model: model("no such model"), query, documents, ...NO_RETRY });
      expect((await refused(unknown)).statusCode).toBe(404);
      if (!target().apiKey) return;
      const locked = rerank({ model: model(undefined, "wrong"), query, documents, ...NO_RETRY });
      expect((await refused(locked)).statusCode).toBe(401);
    });
  });
}
