import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ledger } from "../../llm/ledger/index.js";
import { FakeClock } from "../../llm/testing/fake-clock.js";
import { fakeEndpoint, type Received, type Replies, type Reply } from "../../llm/testing/fake-endpoint.js";
import { type HostedOptions, hosted } from "./hosted.js";
import { PROVIDER_NAMES, type ProviderName } from "./providers.js";

const MODEL = { model: "rerank-v4.0-pro" };

/** Scores by the number in each text, as Cohere does. */
function numbers({ body }: Received, ...more: readonly object[]): Reply {
  const results = (body.documents as string[]).map((text, index) => ({
    index,
    relevance_score: Number(/\d+/.exec(text)?.[0] ?? 0) / 1000,
  }));
  return { body: Object.assign({ results, meta: { billed_units: { search_units: 1 } } }, ...more) };
}

async function scene(replies: Replies, options: HostedOptions = {}) {
  const server = await fakeEndpoint(...replies);
  const clock = FakeClock.impatient({ now: performance.now() });
  const reranker = hosted("cohere", { ...MODEL, baseUrl: server.baseUrl, env: {}, clock, ...options });
  return { ...server, reranker };
}

const texts = (count: number) => Array.from({ length: count }, (_, index) => `text ${index}`);

describe("hosted", () => {
  it("returns the best first, each with its own document, and as many as were asked for", async () => {
    const { reranker, received } = await scene([numbers]);
    const nine = { id: "x", text: "9", title: "Nine", metadata: { page: 1 } };
    const { results, model, scoreScale, usage, timings } = await reranker.rerank({
      query: "q",
      documents: ["1", nine, "5", "1"],
      topN: 2,
    });
    expect(results).toEqual([
      { index: 1, rank: 1, score: 0.009, scored: true, document: nine },
      { index: 2, rank: 2, score: 0.005, scored: true, document: { text: "5" } },
    ]);
    expect([model, scoreScale]).toEqual(["cohere/rerank-v4.0-pro", "similarity"]);
    expect(usage).toEqual({ pairs: 3, tokens: 0, calls: 1 });
    expect(Object.keys(timings.stages)).toEqual(["remote", "order"]);
    // What reads the same is paid for once, and the provider is asked about all of it.
    expect(received[0]?.body).toMatchObject({ documents: ["1", "Nine\n9", "5"], top_n: 3 });
  });

  it("splits what is too much for one call, and puts it together again", async () => {
    const { reranker, received, busiest } = await scene([(request) => ({ ...numbers(request), after: 10 })], {
      documentsPerCall: 7,
      concurrency: 2,
    });
    const progress: [number, number][] = [];
    const { results, usage, warnings } = await reranker.rerank({
      query: "q",
      documents: texts(30),
      onProgress: (...made) => progress.push(made),
    });
    expect(results.map(({ index }) => index)).toEqual(Array.from({ length: 30 }, (_, index) => 29 - index));
    expect(received.map(({ body }) => body.documents.length)).toEqual([7, 7, 7, 7, 2]);
    expect([usage.calls, usage.pairs, busiest(), warnings]).toEqual([5, 30, 2, []]);
    expect(progress.at(-1)).toEqual([30, 30]);
    expect(progress).toHaveLength(5);
  });

  it("asks once a thousand, by default", async () => {
    const { reranker, received } = await scene([numbers]);
    await reranker.rerank({ query: "q", documents: texts(1001) });
    expect(received.map(({ body }) => body.documents.length).sort()).toEqual([1, 1000]);
  });

  it("returns by the deadline what is known, and says what is not", async () => {
    const { reranker } = await scene([numbers, { silent: true }], { documentsPerCall: 2, concurrency: 1 });
    const { results, warnings, usage } = await reranker.rerank({
      query: "q",
      documents: texts(4),
      deadlineMs: 800,
    });
    expect(results.map(({ index, scored }) => [index, scored])).toEqual([
      [1, true],
      [0, true],
      [2, false],
      [3, false],
    ]);
    expect(warnings).toMatchObject([{ code: "deadline", documents: [2, 3] }]);
    expect(usage).toEqual({ pairs: 2, tokens: 0, calls: 1 });
  });

  it("keeps the order given where nothing is known by the deadline", async () => {
    const { reranker } = await scene([{ silent: true }]);
    const { results, warnings } = await reranker.rerank({ query: "q", documents: texts(3), deadlineMs: 30 });
    expect(results.map(({ index, score, scored }) => [index, score, scored])).toEqual([
      [0, 0, false],
      [1, 0, false],
      [2, 0, false],
    ]);
    expect(warnings).toMatchObject([{ code: "deadline", documents: [0, 1, 2] }]);
  });

  it("does not pass off a server that is down as one that is late", async () => {
    const { reranker } = await scene([{ status: 503, body: {}, headers: { "retry-after": "50" } }]);
    const failing = reranker.rerank({ query: "q", documents: texts(3), deadlineMs: 20_000 });
    await expect(failing).rejects.toMatchObject({ code: "REMOTE_UNAVAILABLE", attempts: 1 });
  });

  it("gives up the other calls when one fails", async () => {
    const refused = { status: 400, body: { message: "no" } };
    const { reranker, received } = await scene([{ silent: true }, refused], {
      documentsPerCall: 1,
      concurrency: 2,
    });
    const failing = reranker.rerank({ query: "q", documents: texts(9) });
    await expect(failing).rejects.toMatchObject({ code: "REMOTE_REJECTED" });
    expect(received).toHaveLength(2);
  });

  it("stops with the signal, and after close()", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const abort = (): Reply => {
      controller.abort("enough");
      return { silent: true };
    };
    const { reranker, received } = await scene([abort]);
    await expect(reranker.rerank({ query: "q", documents: ["a"], signal })).rejects.toMatchObject({
      code: "ABORTED",
      cause: "enough",
    });
    await reranker.close();
    await expect(reranker.rerank({ query: "q", documents: ["a"] })).rejects.toMatchObject({ code: "CLOSED" });
    expect(received).toHaveLength(1);
  });

  it("refuses requests as every reranker does, without a call", async () => {
    const { reranker, received } = await scene([numbers], { limits: { documents: 2 } });
    await expect(reranker.rerank({ query: " ", documents: ["a"] })).rejects.toMatchObject({
      code: "EMPTY_QUERY",
    });
    await expect(reranker.rerank({ query: "q", documents: [] })).rejects.toMatchObject({
      code: "NO_DOCUMENTS",
    });
    await expect(reranker.rerank({ query: "q", documents: texts(3) })).rejects.toMatchObject({
      code: "TOO_MANY_DOCUMENTS",
    });
    expect(received).toEqual([]);
  });

  it("sends well-formed text, and says where it was not", async () => {
    const { reranker, received } = await scene([numbers]);
    const { warnings } = await reranker.rerank({ query: "q", documents: ["fine", "half \ud83d", "\udc00"] });
    expect(received[0]?.body.documents).toEqual(["fine", "half \ufffd", "\ufffd"]);
    expect(warnings).toMatchObject([{ code: "malformed_text", documents: [1, 2] }]);
  });

  it("says which wishes its provider does not grant", async () => {
    const { reranker } = await scene([numbers], { truncate: true, maxDocumentTokens: 9 });
    const { warnings } = await reranker.rerank({ query: "q", documents: ["a"], instruction: "be strict" });
    expect(warnings.map(({ message }) => message)).toEqual([
      "cohere/rerank-v4.0-pro has no way to take `instruction`; it was left out.",
      "cohere/rerank-v4.0-pro has no way to take `truncate`; it was left out.",
    ]);
  });

  it("asks a server of one's own for its limit once it tells", async () => {
    const info = (size: number): Reply => ({ body: { max_client_batch_size: size } });
    const tei = ({ body }: Received): Reply => ({
      body: body.texts.map((_: string, index: number) => ({ index, score: 0.5 })),
    });
    const server = await fakeEndpoint({ status: 503, body: {} }, tei, tei, info(20), tei);
    const reranker = hosted("tei", { baseUrl: `${server.baseUrl}/models/a/`, env: {} });
    for (let i = 0; i < 3; i++) await reranker.rerank({ query: "q", documents: texts(33) });
    expect(server.received.map(({ path, body }) => [path, body?.texts.length])).toEqual([
      ["/models/a/info", undefined],
      ["/models/a/rerank", 32],
      ["/models/a/rerank", 1],
      ["/models/a/info", undefined],
      ["/models/a/rerank", 20],
      ["/models/a/rerank", 13],
      ["/models/a/rerank", 20],
      ["/models/a/rerank", 13],
    ]);
  });

  it("keeps to a budget, and tells the cost", async () => {
    const ledger = new Ledger({ prices: { "rerank-v4.0-pro": { searchUnit: 0.5 } }, budget: { cost: 1.2 } });
    const { reranker, received } = await scene([numbers], { ledger, stage: "second" });
    expect((await reranker.rerank({ query: "q", documents: ["a"] })).usage).toMatchObject({
      calls: 1,
      cost: 0.5,
    });
    await reranker.rerank({ query: "q", documents: ["a"] });
    await expect(reranker.rerank({ query: "q", documents: ["a"] })).rejects.toMatchObject({
      code: "BUDGET_EXCEEDED",
    });
    expect(received).toHaveLength(2);
    expect(ledger.snapshot().entries).toMatchObject([
      { stage: "second", model: "rerank-v4.0-pro", calls: 2, searchUnits: 2, cost: 1 },
    ]);
  });

  it("counts useless answers as calls of unknown cost", async () => {
    const ledger = new Ledger();
    const { reranker } = await scene([{ body: { results: [] } }], { ledger });
    await expect(reranker.rerank({ query: "q", documents: ["a"] })).rejects.toMatchObject({
      code: "REMOTE_BAD_RESPONSE",
      field: "results.length",
      attempts: 1,
      unaccounted: 1,
    });
    expect(ledger.total()).toMatchObject({ calls: 1, unknownCost: 1 });
  });

  it.each([
    ["provider", "google", MODEL, /pass one of cohere, voyage/],
    ["provider", "toString", MODEL, /pass one of cohere, voyage/],
    ["model", "cohere", {}, /such as rerank-v4.0-pro/],
    ["model", "jina", { model: "" }, /pass the name of a model/],
    ["baseUrl", "tei", {}, /give the address of your server/],
    ["documentsPerCall", "cohere", { ...MODEL, documentsPerCall: 0 }, /from 1/],
    ["maxDocumentTokens", "cohere", { ...MODEL, maxDocumentTokens: 1.5 }, /from 1/],
    ["scoreScale", "cohere", { ...MODEL, scoreScale: "percent" }, /pass one of logit/],
  ])("refuses a wrong %s", (field, name, options, message) => {
    const make = () => hosted(name as ProviderName, options as HostedOptions);
    expect(make).toThrow(expect.objectContaining({ code: "INVALID_OPTION", field }));
    expect(make).toThrow(message);
  });

  it("tells a vendor's key to that vendor only", async () => {
    const seen: (string | null)[] = [];
    const fetch = async (url: string | URL | Request, init?: RequestInit) => {
      seen.push(`${new URL(String(url)).host} ${new Headers(init?.headers).get("authorization")}`);
      return new Response(JSON.stringify({ results: [{ index: 0, relevance_score: 1 }] }));
    };
    const env = { CO_API_KEY: "key-of-cohere" };
    for (const baseUrl of [undefined, "https://gateway.example", "https://eu.api.cohere.com/v2"]) {
      await hosted("cohere", { ...MODEL, env, fetch, baseUrl }).rerank({ query: "q", documents: ["a"] });
    }
    expect(seen).toEqual([
      "api.cohere.com Bearer key-of-cohere",
      "gateway.example null",
      "eu.api.cohere.com Bearer key-of-cohere",
    ]);
  });
});

describe("any answer of any provider", () => {
  const score = fc.oneof(fc.double(), fc.jsonValue());
  const index = fc.oneof(fc.integer({ min: -1, max: 3 }), fc.jsonValue());
  const line = fc.record({ index, score, relevance_score: score, logit: score });
  const right = fc
    .tuple(fc.boolean(), fc.float({ noNaN: true, noDefaultInfinity: true }))
    .map(([turned, score]) =>
      (turned ? [1, 0] : [0, 1]).map((index) => ({ index, score, relevance_score: score, logit: score })),
    );
  const lines = fc.oneof(fc.array(line, { maxLength: 4 }), right, fc.jsonValue());
  const usage = fc.record({ total_tokens: fc.jsonValue(), rerank_units: fc.jsonValue() });
  const meta = fc.record({
    billed_units: fc.record({ search_units: fc.jsonValue() }),
    warnings: fc.jsonValue(),
  });
  const answer = fc.oneof(
    fc.jsonValue(),
    lines,
    fc.record({ results: lines, data: lines, rankings: lines, usage, meta, total_tokens: fc.jsonValue() }),
  );

  it.each(PROVIDER_NAMES)("of %s becomes a ranking with finite scores, or a typed error", async (name) => {
    let rankings = 0;
    await fc.assert(
      fc.asyncProperty(answer, async (told) => {
        const ledger = new Ledger({ prices: { m: { input: 1, searchUnit: 1 } } });
        const fetch = async () => new Response(JSON.stringify(told));
        const options = { model: "m", baseUrl: `http://${name}.fuzz`, documentsPerCall: 9, retries: 0 };
        const reranker = hosted(name, { ...options, env: {}, fetch, ledger });
        const outcome = await reranker.rerank({ query: "q", documents: ["a", "b"] }).catch((error) => error);
        if (outcome instanceof Error) {
          expect(outcome).toMatchObject({ code: "REMOTE_BAD_RESPONSE" });
        } else {
          rankings++;
          expect(outcome.results.map(({ index }: { index: number }) => index).sort()).toEqual([0, 1]);
          for (const { score } of outcome.results) expect(Number.isFinite(score)).toBe(true);
          expect(JSON.parse(JSON.stringify(outcome.usage))).toEqual(outcome.usage);
        }
        expect(JSON.parse(JSON.stringify(ledger.snapshot().total))).toEqual(ledger.total());
      }),
      { numRuns: 60 },
    );
    expect(rankings).toBeGreaterThan(0);
  });
});
