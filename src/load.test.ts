import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadReranker } from "./load.js";
import { type FakeHub, startFakeHub } from "./models/hub/testing/fake-hub.js";

const GOLDEN = join(import.meta.dirname, "../goldens/models/bert-1label");
const files = Object.fromEntries(
  readdirSync(GOLDEN)
    .filter((name) => name !== "expected.json")
    .map((name) => [name, readFileSync(join(GOLDEN, name))]),
);
const request = { query: "magnet", documents: ["iron", "magnets pull on iron", "the captain"] };

describe("loadReranker", () => {
  it("takes the model that comes with the package when none is named", async () => {
    const reranker = await loadReranker();
    const { model, results } = await reranker.rerank(request);
    expect(model).toBe("rankwright/tiny-en (float32)");
    expect(results[0]?.index).toBe(1);
    await reranker.close();
  });

  it("takes the lexical scorer by its name", async () => {
    const reranker = await loadReranker("rankwright/lexical");
    const { model, results } = await reranker.rerank(request);
    expect(model).toBe("rankwright/lexical");
    expect(results[0]?.index).toBe(1);
    await reranker.close();
  });

  it("takes a folder", async () => {
    const reranker = await loadReranker(GOLDEN, { threads: 1 });
    const { model, results, scoreScale } = await reranker.rerank({ ...request, topN: 2 });
    expect(model).toBe(`${GOLDEN} (float32)`);
    expect(scoreScale).toBe("logit");
    expect(results).toHaveLength(2);
    expect(results[0]?.evidence?.tokensTotal).toBeGreaterThan(0);
    await reranker.close();
    await expect(reranker.rerank(request)).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("says what it tried when there is no such model", async () => {
    await expect(loadReranker("./no-such-folder")).rejects.toMatchObject({ code: "MODEL_NOT_FOUND" });
  });
});

describe("loading that is aborted", () => {
  it("stops converting and leaves nothing in the cache", async () => {
    const cache = mkdtempSync(join(tmpdir(), "rankwright-abort-"));
    vi.stubEnv("RANKWRIGHT_CACHE", cache);
    const control = new AbortController();
    const onProgress = () => control.abort();
    await expect(loadReranker(GOLDEN, { signal: control.signal, onProgress })).rejects.toMatchObject({
      code: "ABORTED",
    });
    expect(readdirSync(join(cache, "graphs"))).toEqual([]);
    vi.unstubAllEnvs();
    rmSync(cache, { recursive: true, force: true });
  });
});

describe("loadReranker with a hub id", () => {
  let hub: FakeHub;
  let cacheDir: string;
  beforeAll(async () => {
    hub = await startFakeHub({ "org/tiny": { files: { ...files, "pytorch_model.bin": Buffer.alloc(9) } } });
    cacheDir = mkdtempSync(join(tmpdir(), "rankwright-hub-"));
  });
  afterAll(async () => {
    await hub.close();
    rmSync(cacheDir, { recursive: true, force: true });
  });

  it("downloads what it needs, names the commit, and scores as the folder does", async () => {
    const stages = new Set<string>();
    const options = { endpoint: hub.endpoint, cacheDir, threads: 1 };
    const fromHub = await loadReranker("org/tiny", {
      ...options,
      onProgress: ({ stage }) => stages.add(stage),
    });
    const fromFolder = await loadReranker(GOLDEN, { threads: 1 });
    const [a, b] = await Promise.all([fromHub.rerank(request), fromFolder.rerank(request)]);
    expect(a.model).toMatch(/^org\/tiny@[0-9a-f]{12} \(float32\)$/);
    expect(a.results.map(({ score }) => score)).toEqual(b.results.map(({ score }) => score));
    expect([...stages]).toContain("download");
    await Promise.all([fromHub.close(), fromFolder.close()]);
  });

  it("then needs no network", async () => {
    const offline = await loadReranker("org/tiny", {
      endpoint: "http://127.0.0.1:9",
      cacheDir,
      offline: true,
    });
    expect((await offline.rerank(request)).results).toHaveLength(3);
    await offline.close();
  });

  it("uses the cache when the hub is out of reach, and warns", async () => {
    const warnings: string[] = [];
    const cut = () => Promise.reject(new TypeError("fetch failed"));
    const options = { endpoint: hub.endpoint, cacheDir, fetch: cut, threads: 1 };
    const reranker = await loadReranker("org/tiny", {
      ...options,
      onWarning: ({ code }) => warnings.push(code),
    });
    await reranker.close();
    expect(warnings).toEqual(["unverified"]);
  });

  it("passes on what the hub says", async () => {
    const options = { endpoint: hub.endpoint, cacheDir };
    await expect(loadReranker("org/other", options)).rejects.toMatchObject({ code: "HUB_NOT_FOUND" });
  });
});
