import Mixedbread from "@mixedbread/sdk";
import { describe, expect, it } from "vitest";
import { BEST, type ClientTarget, checkRanking, documents, errorOf, query } from "./target.js";

export function describeMixedbread(target: () => ClientTarget, key: () => string): void {
  describe.each(["", "/mixedbread"])("@mixedbread/sdk below %j", (prefix) => {
    const ask = (changes: object = {}, apiKey = key()) =>
      new Mixedbread({ apiKey, baseURL: `${target().baseUrl}${prefix}`, maxRetries: 0 }).rerank({
        ...{ model: target().model, query, input: documents },
        ...changes,
      });

    it("ranks", async () => {
      const { data, usage, top_k, return_input } = await ask();
      checkRanking(data, 3);
      expect(usage.total_tokens).toBeGreaterThan(0);
      expect([top_k, return_input]).toEqual([3, false]);
    });

    it("gives inputs back, cut to top_k", async () => {
      const { data } = await ask({ top_k: 1, return_input: true });
      expect(data).toMatchObject([{ index: BEST, input: documents[BEST] }]);
    });

    it("throws its own errors", async () => {
      expect(await errorOf(ask({ query: " " }))).toBeInstanceOf(Mixedbread.BadRequestError);
      expect(await errorOf(ask({ model: "no such model" }))).toBeInstanceOf(Mixedbread.NotFoundError);
      if (!target().apiKey) return;
      expect(await errorOf(ask({}, "wrong"))).toBeInstanceOf(Mixedbread.AuthenticationError);
    });
  });
}
