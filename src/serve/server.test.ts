import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { READ_ROUTES } from "./openapi/read-routes.js";
import { createServer } from "./server.js";
import { fakeModel, gate } from "./testing/fake-model.js";
import { get, post, until } from "./testing/requests.js";
import { NATIVE, serving } from "./testing/serving.js";

afterEach(() => vi.useRealTimers());

const ask = { query: "q", documents: ["a 1", "b 3", "c 2"] };
/** Bodies of the last test; RANKWRIGHT_FUZZ_BODIES=100000 for a long look. */
const FUZZ_BODIES = Number(process.env.RANKWRIGHT_FUZZ_BODIES ?? 400);

describe("the native dialect", () => {
  it("gives the whole result with a record of what ran", async () => {
    const { json } = serving();
    const documents = [{ id: "x", text: "a 1", title: "T" }, "b 3"];
    const { status, body } = await json(
      post(NATIVE, { ...ask, documents, scores: "logit", returnDocuments: true }),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      model: "fake",
      reranker: "fake@abc123 (float32)",
      revision: "abc123",
      precision: "float32",
      scoreScale: "logit",
      results: [
        { index: 1, rank: 1, score: 3, scored: true, document: { text: "b 3" } },
        { index: 0, rank: 2, score: 1, id: "x", document: { id: "x", text: "a 1", title: "T" } },
      ],
      usage: { pairs: 2, tokens: 14, calls: 0 },
      timings: { stages: { tokenize: 1, queue: 2, model: 3 } },
      warnings: [],
    });
    expect(body.timings.queueMs).toBeGreaterThanOrEqual(2);
  });

  it("asks for probabilities unless told otherwise, and hands options on", async () => {
    const { json, seen } = serving();
    const { body } = await json(
      post(NATIVE, { ...ask, topN: 1, priority: 2, instruction: "i", maxTokensPerDocument: 9 }),
    );
    expect(body.results).toEqual([{ index: 1, rank: 1, score: 1 / (1 + Math.exp(-3)), scored: true }]);
    expect(seen.requests[0]).toMatchObject({ query: "q", topN: 1, priority: 2, instruction: "i" });
    expect(seen.requests[0]?.maxDocumentTokens).toBe(9);
  });

  it.each([
    [{ ...ask, top_n: 1 }, "top_n is 1; leave it out: the fields are model, query, documents, topN"],
    [{ documents: ["a"] }, "query is missing; pass the text to rank the documents by"],
    [{ ...ask, query: " " }, 'query is " "'],
    [{ ...ask, documents: [] }, "documents is []"],
    [{ ...ask, documents: ["a", { text: 5 }] }, "documents[1]"],
    [{ ...ask, topN: 0 }, "topN is 0; pass a whole number from 1"],
    [{ ...ask, scores: "percent" }, 'scores is "percent"'],
  ])("refuses %j", async (body, message) => {
    const { json } = serving();
    const refused = await json(post(NATIVE, body));
    expect(refused.status).toBe(400);
    expect(refused.body.message).toContain(message);
    expect(refused.body.error.message).toBe(refused.body.message);
  });
});

describe("requests in the words of others", () => {
  it("prints scores with a fraction part and keeps them inside 0 and 1", async () => {
    const { server } = serving();
    const response = await server.fetch(post("/v2/rerank", { ...ask, documents: ["900", "-900", "0"] }));
    const text = await response.text();
    expect(text).not.toMatch(/relevance_score":\d+[,}]/);
    const scores = JSON.parse(text).results.map((each: { relevance_score: number }) => each.relevance_score);
    expect(scores).toHaveLength(3);
    for (const score of scores) expect(score > 0 && score < 1).toBe(true);
  });

  it("answers a list of pairs from one body", async () => {
    const { json, seen } = serving();
    const body = { text_1: ["q", "r"], text_2: ["5", "7"], model: "fake" };
    const { status, body: answer } = await json(post("/score", body));
    expect(status).toBe(200);
    expect(answer.data).toHaveLength(2);
    expect(seen.requests.map(({ query }) => query)).toEqual(["q", "r"]);
  });

  it("says errors in the words of the path", async () => {
    const { json } = serving();
    expect((await json(post("/tei/rerank", { query: "q" }))).body).toMatchObject({
      error: expect.any(String),
      error_type: expect.any(String),
    });
    expect((await json(post("/cohere-v2/v2/rerank", "{"))).body).toEqual({
      message: expect.stringContaining("JSON"),
    });
    expect((await json(post("/voyage/v1/rerank", { query: "q" }))).body).toEqual({
      detail: expect.any(String),
    });
  });
});

describe("models", () => {
  it("answer to their names and aliases alone", async () => {
    const { json } = serving({}, { name: "a", aliases: ["rerank-v3.5"] });
    expect((await json(post(NATIVE, { ...ask, model: "rerank-v3.5" }))).body.model).toBe("a");
    for (const model of ["b", "../../etc", "org/name", "__proto__", "constructor"]) {
      const { status, body } = await json(post(NATIVE, { ...ask, model }));
      expect([status, body.error.param]).toEqual([404, "model"]);
    }
  });

  it("that cannot be loaded are told as such, without what only the log should say", async () => {
    const { json } = serving(
      {},
      {
        loading: async () => {
          throw new Error("/secret/folder");
        },
      },
    );
    const { status, headers, body } = await json(post(NATIVE, ask));
    expect([status, headers.get("retry-after")]).toEqual([503, "1"]);
    expect(JSON.stringify(body)).not.toContain("secret");
  });

  it("never let a score that is not a number out", async () => {
    const model = fakeModel();
    const served = {
      ...model.served,
      async load() {
        const reranker = await model.served.load();
        return {
          ...reranker,
          async rerank(request: Parameters<typeof reranker.rerank>[0]) {
            const result = await reranker.rerank(request);
            return { ...result, results: result.results.map((each) => ({ ...each, score: Number.NaN })) };
          },
        };
      },
    };
    const response = await createServer({ models: [served] }).fetch(
      post("/rerank", { query: "q", texts: ["a"] }),
    );
    expect(response.status).toBeGreaterThanOrEqual(424);
    expect(await response.text()).not.toMatch(/NaN|null/);
  });
});

describe("limits", () => {
  it("tells too many documents, long ones and large bodies apart", async () => {
    const limits = { documents: 2, documentCharacters: 10, bodyBytes: 200 };
    const { json } = serving({ limits });
    for (const documents of [["a", "b", "c"], ["x".repeat(11)], ["x".repeat(300)]]) {
      const { status, body } = await json(post(NATIVE, { query: "q", documents }));
      expect(status).toBe(413);
      expect(body.message).toMatch(/at most \d+/);
    }
  });

  it("says at once that there is too much to do", async () => {
    const door = gate();
    const { server, json } = serving({ limits: { requests: 1 } }, { gate: () => door.opened });
    const first = server.fetch(post(NATIVE, ask));
    const { status, headers } = await json(post(NATIVE, ask));
    expect([status, headers.get("retry-after")]).toEqual([429, "1"]);
    door.open();
    expect((await first).status).toBe(200);
    expect((await json(post(NATIVE, ask))).status).toBe(200);
  });

  it("passes deadlines on, counted from arrival, and the server's own where it is shorter", async () => {
    const { server, seen } = serving({ deadlineMs: 1000 });
    await server.fetch(post(NATIVE, ask, { "x-rankwright-deadline-ms": "100000" }));
    await server.fetch(post(NATIVE, ask, { "x-rankwright-deadline-ms": "50" }));
    const given = seen.requests.map(({ deadlineMs = Number.NaN }) => deadlineMs);
    expect(given[0]).toBeGreaterThan(50);
    expect(given[0]).toBeLessThanOrEqual(1000);
    expect(given[1]).toBeLessThanOrEqual(50);
    expect((await server.fetch(post(NATIVE, ask, { "x-rankwright-deadline-ms": "soon" }))).status).toBe(400);
  });

  it("ends the work of a caller who has gone", async () => {
    const { server, seen } = serving({}, { gate: () => new Promise(() => {}) });
    const controller = new AbortController();
    const request = new Request(post(NATIVE, ask), { signal: controller.signal });
    const answer = server.fetch(request);
    await until(() => seen.requests.length === 1);
    controller.abort();
    expect((await answer).status).toBe(499);
    expect(seen.aborted).toBe(1);
  });
});

describe("API keys", () => {
  const { server } = serving({ apiKeys: ["secret"] });
  const status = async (request: Request) => (await server.fetch(request)).status;

  it("are asked for by everything but probes and the page", async () => {
    for (const [path, { open }] of Object.entries(READ_ROUTES)) {
      expect([path, (await status(get(path))) === 401]).toEqual([path, !open]);
      expect(await status(get(path, { authorization: "Bearer secret" }))).not.toBe(401);
    }
    expect(await status(post(NATIVE, ask))).toBe(401);
    expect(await status(post(NATIVE, ask, { "x-api-key": "secret" }))).toBe(200);
    expect(await status(post("/unknown", ask))).toBe(401);
  });

  it("keep models off the page", async () => {
    const { server } = serving({ apiKeys: ["secret"] }, { name: "hidden-model" });
    const text = await (await server.fetch(get("/"))).text();
    expect(text).toContain("authorization: Bearer YOUR_KEY");
    expect(text).not.toContain("hidden-model");
  });
});

describe("what is read with GET", () => {
  it("is all that the OpenAPI document names, also below a prefix and with HEAD", async () => {
    const { server } = serving();
    for (const [path, { statuses, contentType }] of Object.entries(READ_ROUTES)) {
      const response = await server.fetch(get(path));
      expect(statuses).toContain(response.status);
      expect([200, 204]).toContain(response.status);
      if (contentType !== null) expect(response.headers.get("content-type")).toContain(contentType);
      const head = await server.fetch(new Request(`http://server${path}`, { method: "HEAD" }));
      expect([path, head.status, await head.text()]).toEqual([path, response.status, ""]);
      if (path !== "/") expect((await server.fetch(get(`/weaviate${path}`))).status).toBe(response.status);
    }
  });

  it("refuses unknown paths and methods", async () => {
    const { json } = serving();
    expect(await json(get("/admin"))).toMatchObject({
      status: 404,
      body: { message: "there is nothing at /admin; /openapi.json lists what there is" },
    });
    expect((await json(get("/v1/rerank"))).body.message).toBe("/v1/rerank is asked with POST, not GET");
    expect((await json(new Request("http://server/rerank", { method: "DELETE" }))).status).toBe(404);
    expect((await json(post("/constructor", ask))).status).toBe(404);
  });

  it("tells what Dify, OpenAI's clients and Weaviate look for", async () => {
    const { json } = serving({ version: "1.2.3" }, { name: "a", aliases: ["b"] });
    await json(post(NATIVE, ask));
    expect((await json(get("/info"))).body).toMatchObject({
      ...{ model_id: "org/a", max_input_length: 256, max_client_batch_size: 10_000, version: "1.2.3" },
      model_type: { reranker: {} },
      live: { ready: true, requests_under_way: 0, requests_answered: 1 },
      models: [{ name: "a", aliases: ["b"], status: "loaded" }],
    });
    const { data } = (await json(get("/v1/models"))).body;
    expect(data.map(({ id }: { id: string }) => id)).toEqual(["a", "b"]);
    expect((await json(get("/meta"))).body).toEqual(expect.objectContaining({ _name_or_path: "org/a" }));
  });

  it("shows names of models as text on the page", async () => {
    const { server } = serving({}, { name: "<script>alert(1)</script>" });
    const response = await server.fetch(get("/"));
    expect(await response.text()).not.toContain("<script>alert");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});

describe("health", () => {
  it("comes from a score, and from one that a caller just got", async () => {
    const { json, seen } = serving();
    expect((await json(get("/health"))).body).toMatchObject({
      status: "ok",
      model: "fake",
      score: expect.any(Number),
    });
    expect(seen.requests).toHaveLength(1);
    await json(get("/health"));
    expect(seen.requests).toHaveLength(1);
    const busy = serving();
    await busy.json(post(NATIVE, ask));
    expect((await busy.json(get("/health"))).body.note).toBe("a request was answered just now");
    expect(busy.seen.requests).toHaveLength(1);
  });

  it("says no when the model does", async () => {
    const { json } = serving(
      {},
      {
        gate: async () => {
          throw new Error("broken");
        },
      },
    );
    const { status, body } = await json(get("/health"));
    expect(status).toBe(503);
    expect(body).toMatchObject({ status: "unhealthy", error: "model fake gives no scores: INTERNAL" });
  });

  it("does not load what was unloaded for being idle", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const { json, seen, server } = serving({ idleMs: 40 });
    await json(post(NATIVE, ask));
    vi.advanceTimersByTime(5000);
    await until(() => seen.closes === 1);
    const { status, body } = await json(get("/health"));
    expect([status, body.note]).toEqual([200, "unloaded after idle time; loaded with the next request"]);
    expect(seen.loads).toBe(1);
    await server.close();
  });
});

describe("readiness and the end", () => {
  it("is not ready before the model is there", async () => {
    const loading = gate();
    const { server } = serving({ preload: true }, { loading: () => loading.opened });
    const statuses = async () =>
      Promise.all(
        ["/ready", "/ping", "/.well-known/ready"].map(async (path) => (await server.fetch(get(path))).status),
      );
    expect(await statuses()).toEqual([503, 503, 503]);
    loading.open();
    await until(async () => (await server.fetch(get("/ready"))).status === 200);
    expect(await statuses()).toEqual([200, 200, 204]);
  });

  it("finishes what was accepted, refuses the rest, and closes the model", async () => {
    const door = gate();
    const { server, json, seen } = serving({}, { gate: () => door.opened });
    const accepted = server.fetch(post(NATIVE, ask));
    await until(() => seen.requests.length === 1);
    const closing = server.close();
    expect((await json(get("/ready"))).body).toEqual({ status: "closing" });
    const refused = await json(post("/v1/rerank", ask));
    expect(refused.status).toBe(503);
    expect(refused.headers.get("connection")).toBe("close");
    expect(refused.body.message).toContain("this server is ending");
    door.open();
    expect((await accepted).status).toBe(200);
    await closing;
    expect(seen.closes).toBe(1);
  });

  it("gives up what takes longer than the grace", async () => {
    const { server, seen } = serving({}, { gate: () => new Promise(() => {}) });
    const accepted = server.fetch(post(NATIVE, ask));
    await until(() => seen.requests.length === 1);
    await server.close({ graceMs: 5 });
    expect((await accepted).status).toBe(503);
  });
});

describe("CORS", () => {
  it("is closed, and open for whom it is told", async () => {
    const origin = "https://app.example";
    const closed = await serving().server.fetch(post(NATIVE, ask, { origin }));
    expect(closed.headers.get("access-control-allow-origin")).toBeNull();
    const open = serving({ cors: [origin] }).server;
    for (const body of [ask, {}]) {
      const answer = await open.fetch(post(NATIVE, body, { origin }));
      expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    }
  });
});

describe("whatever is sent", () => {
  it("is answered with a documented status and a body that is JSON", async () => {
    const { server } = serving({ limits: { bodyBytes: 5000, jsonDepth: 8 } });
    const documented = [200, 400, 404, 413, 422];
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom("q", ["a", "b"], [{ text: "a" }], 1, true, null),
    );
    const key = fc.constantFrom(
      "query",
      "documents",
      "texts",
      "candidates",
      "input",
      "passages",
      "property",
      "top_n",
    );
    const body = fc.oneof(
      { weight: 3, arbitrary: fc.dictionary(key, value).map((object) => JSON.stringify(object)) },
      { weight: 1, arbitrary: fc.string() },
      { weight: 1, arbitrary: fc.uint8Array() },
    );
    const path = fc.constantFrom(
      "/rerank",
      "/v1/rerank",
      "/v2/rerank",
      "/score",
      NATIVE,
      "/v1/ranking",
      "/",
      "/x",
    );
    const headers = fc.constantFrom(
      {},
      {},
      { "content-encoding": "gzip" },
      { "content-encoding": "zstd" },
      { "x-rankwright-deadline-ms": "soon" },
      { "content-type": "text/plain" },
    );
    await fc.assert(
      fc.asyncProperty(path, body, headers, async (path, body, headers) => {
        const response = await server.fetch(post(path, body, headers));
        expect(documented).toContain(response.status);
        JSON.parse(await response.text());
      }),
      { numRuns: FUZZ_BODIES },
    );
  }, 600_000);
});
