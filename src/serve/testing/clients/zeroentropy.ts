import { describe, expect, it } from "vitest";
import ZeroEntropy from "zeroentropy";
import { BEST, type ClientTarget, checkRanking, documents, errorOf, query } from "./target.js";

export function describeZeroEntropy(target: () => ClientTarget, key: () => string): void {
  describe.each(["/v1", "/zeroentropy/v1"])("zeroentropy below %j", (base) => {
    const ask = (changes: object = {}, apiKey = key()) =>
      new ZeroEntropy({ apiKey, baseURL: `${target().baseUrl}${base}`, maxRetries: 0 }).models.rerank({
        ...{ model: target().model, query, documents },
        ...changes,
      });

    it("ranks", async () => {
      const { results, total_tokens, total_bytes } = await ask();
      checkRanking(
        results.map(({ index, relevance_score }) => ({ index, score: relevance_score })),
        3,
      );
      expect(total_tokens).toBeGreaterThan(0);
      expect(total_bytes).toBeGreaterThan(0);
    });

    it("cuts to top_n", async () => {
      const { results } = await ask({ top_n: 1, latency: "fast" });
      expect(results.map(({ index }) => index)).toEqual([BEST]);
    });

    it("throws its own errors", async () => {
      expect(await errorOf(ask({ query: " " }))).toBeInstanceOf(ZeroEntropy.BadRequestError);
      expect(await errorOf(ask({ model: "no such model" }))).toBeInstanceOf(ZeroEntropy.NotFoundError);
      if (!target().apiKey) return;
      expect(await errorOf(ask({}, "wrong"))).toBeInstanceOf(ZeroEntropy.AuthenticationError);
    });
  });
}
