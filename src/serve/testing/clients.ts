import { createCohere } from "@ai-sdk/cohere";
import { APICallError, rerank } from "ai";
import { Cohere, CohereClient, CohereClientV2 } from "cohere-ai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VoyageAIClient, VoyageAIError } from "voyageai";

/** A server that clients are pointed at. */
export interface ClientTarget {
  /** Origin, without a slash at the end. */
  readonly baseUrl: string;
  /** A name under which it serves a model. */
  readonly model: string;
  /** One of its keys, where it wants one. */
  readonly apiKey?: string | undefined;
  close(): Promise<void>;
}

const query = "What is the capital of the United States?";
const documents = [
  "Carson City is the capital city of Nevada.",
  "Washington, D.C. is the capital of the United States.",
  "Penguins are birds that swim.",
];
const BEST = 1;
const NO_RETRY = { maxRetries: 0 };

/** What every ranking must be, whatever the model: best first, each index at most once, scores from 0 to 1. */
function checkRanking(ranking: readonly { index: number; score: number }[], length: number): void {
  expect(ranking).toHaveLength(length);
  expect(ranking[0]?.index).toBe(BEST);
  expect(new Set(ranking.map(({ index }) => index)).size).toBe(length);
  for (const { index, score } of ranking) {
    expect(documents[index]).toBeTypeOf("string");
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
  }
  const scores = ranking.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
}

/** Checks with the vendors' own clients from npm that a server's answers are what they parse and its errors theirs. */
export function runClientConformance(name: string, start: () => Promise<ClientTarget>): void {
  describe(`clients from npm against ${name}`, () => {
    let target: ClientTarget;
    beforeAll(async () => {
      // The AI SDK would write to the console that it turns object documents into strings.
      Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });
      target = await start();
    });
    afterAll(() => target?.close());
    const key = () => target.apiKey ?? "none";

    describeCohereV2(() => target, key);
    describeCohereV1(() => target, key);
    describeVoyage(() => target, key);
    describeAiSdk(() => target, key);
  });
}

function describeCohereV2(target: () => ClientTarget, key: () => string): void {
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

function describeCohereV1(target: () => ClientTarget, key: () => string): void {
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

function describeVoyage(target: () => ClientTarget, key: () => string): void {
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
        const error = await promise.then(undefined, (error: unknown) => error);
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

function describeAiSdk(target: () => ClientTarget, key: () => string): void {
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
        const error = await promise.then(undefined, (error: unknown) => error);
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
