import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadReranker, SharedModels } from "../load.js";
import { hasRedis, type RedisServer, startRedis } from "../rerank/cache/testing/redis-server.js";
import { memoryStore, redisStore } from "../rerank/index.js";
import type { RerankResult, Warning } from "../types/index.js";
import type { RerankerSpec } from "./spec.js";

const GOLDENS = join(import.meta.dirname, "../../goldens/models");
const BERT = join(GOLDENS, "bert-1label");
const ELECTRA = join(GOLDENS, "electra-1label");
const request = {
  query: "what does a magnet pull",
  documents: ["iron", "magnets pull on iron", "the captain", "a cat", "magnet"],
};
const options = { threads: 1 };

async function ranked(spec: RerankerSpec, more: object = {}): Promise<RerankResult> {
  const reranker = await loadReranker(spec, { ...options, ...more });
  try {
    return await reranker.rerank(request);
  } finally {
    await reranker.close();
  }
}

describe("loadReranker with a spec", () => {
  it("opens a cascade", async () => {
    const result = await ranked({ cascade: [{ model: "rankwright/lexical", keep: 2 }, { model: BERT }] });
    expect(result.model).toBe(`cascade(rankwright/lexical keep 2, ${BERT} (float32))`);
    expect(result.results.map(({ scored }) => scored)).toEqual([true, true, false, false, false]);
    const alone = await ranked(BERT);
    const scoreOf = (index: number) => alone.results.find((each) => each.index === index)?.score;
    for (const { index, score } of result.results.slice(0, 2)) expect(score).toBeCloseTo(scoreOf(index)!, 4);
  });

  it("opens fusions, fallbacks and calibrations, nested freely", async () => {
    const result = await ranked({
      fallback: [
        {
          fuse: ["rankwright/first-stage", { model: BERT, scores: "probability", weight: 2 }],
          method: "weighted",
          calibration: { a: 4, b: -2 },
        },
        "rankwright/lexical",
      ],
      timeoutMs: 60_000,
      breaker: { failures: 1 },
      passthrough: true,
    });
    expect(result.scoreScale).toBe("probability");
    expect(result.parts?.map(({ outcome }) => outcome)).toEqual(["ranked", "skipped", "skipped"]);
    expect(result.parts?.[0]?.parts?.map(({ model }) => model)).toEqual([
      "rankwright/first-stage",
      `${BERT} (float32)`,
    ]);
    expect(result.usage.pairs).toBe(5);
  });

  it("takes a model's own options before those of the call", async () => {
    const result = await ranked(
      { fuse: [{ model: BERT, maxTokens: 8 }, ELECTRA] },
      { maxTokens: 9, scores: "probability" },
    );
    const cut = result.warnings.filter(({ code }) => code === "truncated").map(({ message }) => message);
    expect(cut).toEqual([
      expect.stringContaining("fit into 8 tokens"),
      expect.stringContaining("fit into 9 tokens"),
    ]);
  });

  it("loads a model that stands in it twice once", async () => {
    const loads: string[] = [];
    const onProgress = ({ stage, text }: { stage: string; text: string }) => {
      if (stage === "load") loads.push(text);
    };
    await ranked({ fallback: [{ cascade: [{ model: BERT, keep: 2 }, ELECTRA] }, BERT] }, { onProgress });
    expect(loads).toEqual([BERT, ELECTRA]);
    loads.length = 0;
    await ranked({ fuse: [BERT, { model: BERT, maxTokens: 9 }] }, { onProgress });
    expect(loads).toEqual([BERT, BERT]);
  });

  it("loads a model that several rerankers have in common once, and closes it with the last", async () => {
    const shared = new SharedModels();
    const onProgress = vi.fn();
    const more = { ...options, shared, onProgress };
    const [one, other] = [await loadReranker(BERT, more), await loadReranker({ fuse: [BERT] }, more)];
    expect(onProgress.mock.calls.filter(([{ stage }]) => stage === "load")).toHaveLength(1);
    await one.close();
    expect((await other.rerank(request)).results).toHaveLength(5);
    await other.close();
  });

  it("knows the model that comes with the package by all its names", async () => {
    const onProgress = vi.fn();
    const more = { ...options, shared: new SharedModels(), onProgress };
    const opened = [await loadReranker(undefined, more), await loadReranker("built-in", more)];
    opened.push(await loadReranker({ fuse: ["rankwright/tiny-en"] }, more));
    expect(onProgress.mock.calls.filter(([{ stage }]) => stage === "load")).toHaveLength(1);
    for (const reranker of opened) await reranker.close();
  });

  it("closes what it had opened when a later model cannot be had", async () => {
    const closed = vi.spyOn(SharedModels.prototype, "use");
    await expect(loadReranker({ fuse: [BERT, "./no-such-folder"] }, options)).rejects.toMatchObject({
      code: "MODEL_NOT_FOUND",
    });
    const first = await closed.mock.results[0]?.value;
    await expect(first.rerank(request)).rejects.toMatchObject({ code: "CLOSED" });
    closed.mockRestore();
  });

  it("says where an option is wrong, before anything is loaded where it can", async () => {
    const onProgress = vi.fn();
    const spec = {
      cascade: [
        { model: BERT, keep: 1 },
        { model: BERT, keep: 1 },
      ],
    };
    await expect(loadReranker(spec, { onProgress })).rejects.toMatchObject({ field: "cascade[1].keep" });
    expect(onProgress).not.toHaveBeenCalled();
    const tooLong = { fuse: [{ model: BERT, maxTokens: 999_999 }] };
    await expect(loadReranker(tooLong)).rejects.toMatchObject({
      code: "INVALID_OPTION",
      field: "fuse[0].maxTokens",
      message: expect.stringContaining("fuse[0]: maxTokens is 999999"),
    });
    const strange = { model: BERT, calibration: { a: 1, b: 0, model: "another" } };
    await expect(loadReranker(strange)).rejects.toMatchObject({ field: "calibration.model" });
  });
});

describe("loadReranker with a cache", () => {
  const sameAs = (a: RerankResult, b: RerankResult) => {
    expect(b.results).toEqual(a.results);
    expect(b.warnings.map(({ code, documents }) => [code, documents])).toEqual(
      a.warnings.map(({ code, documents }) => [code, documents]),
    );
  };

  it("gives results with evidence bit by bit as they were computed first", async () => {
    const reranker = await loadReranker(BERT, { ...options, maxTokens: 8, cache: { memoryMb: 1 } });
    const [first, second] = [await reranker.rerank(request), await reranker.rerank(request)];
    sameAs(first, second);
    expect(first.warnings.map(({ code }) => code)).toContain("truncated");
    expect([first.usage, second.usage]).toEqual([
      { pairs: 5, tokens: expect.any(Number), calls: 0, cacheHits: 0 },
      { pairs: 0, tokens: 0, calls: 0, cacheHits: 5 },
    ]);
    await reranker.close();
  });

  it("has one store for all models of a spec, or one of its own for a model", async () => {
    const spec = { fuse: [{ model: BERT, cache: { memoryMb: 1 } }, ELECTRA, "rankwright/lexical"] };
    const warnings: Warning[] = [];
    const onWarning = (warning: Warning) => warnings.push(warning);
    const reranker = await loadReranker(spec, { ...options, cache: { memoryMb: 1 }, onWarning });
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ["not_applied", "rankwright/lexical has no cache: its scores depend on more than one pair"],
    ]);
    await reranker.rerank(request);
    expect((await reranker.rerank(request)).usage).toMatchObject({ pairs: 5, cacheHits: 10 });
    await reranker.close();
  });

  it("leaves a store of the caller's open, for the next process or model", async () => {
    const store = memoryStore();
    await ranked(BERT, { cache: store });
    const second = await ranked({ cascade: [BERT] }, { cache: store });
    expect(second.usage).toMatchObject({ pairs: 0, cacheHits: 5 });
    expect((await ranked(BERT, { cache: store, precision: "int8" })).usage).toMatchObject({
      pairs: 5,
      cacheHits: 0,
    });
  });

  it("refuses a cache that is none", async () => {
    await expect(loadReranker(BERT, { cache: {} })).rejects.toMatchObject({
      code: "INVALID_OPTION",
      field: "cache",
    });
    await expect(loadReranker(BERT, { cache: { memoryMb: -1 } })).rejects.toMatchObject({
      field: "cache.memoryMb",
    });
  });

  describe.skipIf(!hasRedis)("in Redis (skipped where there is no redis-server)", () => {
    let server: RedisServer;
    let folder: string;
    beforeAll(async () => {
      server = await startRedis();
      folder = mkdtempSync(join(tmpdir(), "spec-"));
      cpSync(BERT, folder, { recursive: true });
    });
    afterAll(async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    });

    it("knows the scores of another process, wherever the same model lies, bit by bit", async () => {
      // More patient than the default: tests share their processors.
      const patient = () => redisStore({ url: server.url, timeoutMs: 5000 });
      const [one, other] = [await patient(), await patient()];
      const first = await ranked(BERT, { cache: one });
      await one.close();
      const second = await ranked(folder, { cache: other });
      await other.close();
      sameAs(first, second);
      expect([first.usage.cacheHits, second.usage.cacheHits]).toEqual([0, 5]);
    });

    it("ranks on when the server is gone, and says so", async () => {
      const mortal = await startRedis();
      const reranker = await loadReranker(BERT, { ...options, cache: { redis: mortal.url } });
      const before = await reranker.rerank(request);
      await mortal.kill();
      const after = await reranker.rerank(request);
      expect(after.results.map(({ index }) => index)).toEqual(before.results.map(({ index }) => index));
      expect(after.warnings.map(({ code }) => code)).toContain("cache_unavailable");
      expect(after.usage.pairs).toBe(5);
      await reranker.close();
    });
  });
});
