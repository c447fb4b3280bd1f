import { Errors, Pinecone } from "@pinecone-database/pinecone";
import { describe, expect, it } from "vitest";
import { BEST, type ClientTarget, checkRanking, documents, errorOf, query } from "./target.js";

export function describePinecone(target: () => ClientTarget, key: () => string): void {
  describe.each(["", "/pinecone"])("@pinecone-database/pinecone below %j", (prefix) => {
    const ask = (options: object = {}, model = target().model, apiKey = key()) =>
      new Pinecone({ apiKey, controllerHostUrl: `${target().baseUrl}${prefix}` }).inference.rerank(
        model,
        query,
        documents,
        options,
      );

    it("ranks, and gives documents back", async () => {
      const { data, usage } = await ask();
      checkRanking(data, 3);
      for (const { index, document } of data) expect(document).toMatchObject({ text: documents[index] });
      expect(usage.rerankUnits).toBe(1);
    });

    it("cuts to topN, without documents", async () => {
      const { data } = await ask({ topN: 1, returnDocuments: false });
      expect(data.map(({ index }) => index)).toEqual([BEST]);
      expect(data[0]?.document).toBeUndefined();
    });

    it("throws its own errors", async () => {
      expect(await errorOf(ask({}, "no such model"))).toBeInstanceOf(Errors.PineconeNotFoundError);
      if (!target().apiKey) return;
      const locked = await errorOf(ask({}, target().model, "wrong"));
      expect(locked).toBeInstanceOf(Errors.PineconeAuthorizationError);
    });
  });
}
