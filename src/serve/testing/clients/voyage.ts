import { describe, expect, it } from "vitest";
import { VoyageAIClient, VoyageAIError } from "voyageai";
import { type ClientTarget, checkRanking, documents, errorOf, NO_RETRY, query } from "./target.js";

export function describeVoyage(target: () => ClientTarget, key: () => string): void {
  describe.each(["/v1", "/voyage/v1"])("voyageai below %j", (base) => {
    const ask = (changes: object = {}, apiKey = key()) =>
      new VoyageAIClient({ apiKey, baseUrl: `${target().baseUrl}${base}` }).rerank(
        { model: target().model, query, documents, ...changes },
        NO_RETRY,
      );

    it("ranks", async () => {
      const { data = [], usage, model } = await ask();
      checkRanking(
        data.map(({ index = -1, relevanceScore = -1 }) => ({ index, score: relevanceScore })),
        3,
      );
      expect(usage?.totalTokens).toBeGreaterThan(0);
      expect(model).toBeTypeOf("string");
    });

    it("gives documents back as strings, cut to topK", async () => {
      const { data = [] } = await ask({ topK: 2, returnDocuments: true, truncation: true });
      expect(data).toHaveLength(2);
      for (const { index = -1, document } of data) expect(document).toBe(documents[index]);
    });

    it("throws its own errors", async () => {
      const refused = async (promise: Promise<unknown>) => {
        const error = await errorOf(promise);
        expect(error).toBeInstanceOf(VoyageAIError);
        const { statusCode, body } = error as VoyageAIError;
        expect(body).toMatchObject({ detail: expect.any(String) });
        return statusCode;
      };
      expect(await refused(ask({ documents: [] }))).toBe(400);
      expect(await refused(ask({ model: "no such model" }))).toBe(404);
      if (target().apiKey) expect(await refused(ask({}, "wrong"))).toBe(401);
    });
  });
}
