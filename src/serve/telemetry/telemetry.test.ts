import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Span, type SpanOptions, type TracerProvider, trace } from "@opentelemetry/api";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cascade, withFallback } from "../../rerank/index.js";
import type { RerankRequest } from "../../types/index.js";
import type { ServerOptions } from "../options.js";
import { fakeModel } from "../testing/fake-model.js";
import { get, post } from "../testing/requests.js";
import { NATIVE, serving } from "../testing/serving.js";

const ask = { query: "q", documents: ["a 1", "b 3", "c 2"] };

describe("telemetry", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "serve-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function logging(options: Partial<ServerOptions> = {}) {
    const lines: Record<string, unknown>[] = [];
    const logger = pino({ level: "debug" }, { write: (line) => lines.push(JSON.parse(line)) });
    return { ...serving({ logger, ...options }), lines };
  }

  it("carries request ids and times in headers", async () => {
    const { server } = serving();
    const { headers } = await server.fetch(post(NATIVE, ask, { "x-request-id": "mine-1" }));
    expect(headers.get("x-request-id")).toBe("mine-1");
    expect(headers.get("server-timing")).toMatch(
      /^queue;dur=[\d.]+, tokenize;dur=1.0, inference;dur=3.0, total;dur=/,
    );
    const refused = await server.fetch(post(NATIVE, "{"));
    expect(refused.headers.get("x-request-id")).toMatch(/^[\w-]{36}$/);
  });

  it("counts the batches of models that tell of them", async () => {
    const listeners: ((batch: { sequences: number; tokens: number }) => void)[] = [];
    const load = {
      ...{ queuedSequences: 0, queuedTokens: 0, pace: 0 },
      onBatch: (listener: (typeof listeners)[number]) => void listeners.push(listener),
    };
    const { server } = serving({ models: [fakeModel({ load }).served], teiMetrics: true });
    await server.fetch(post(NATIVE, ask));
    for (const listener of listeners) listener({ sequences: 5, tokens: 300 });
    const text = await (await server.fetch(get("/metrics"))).text();
    for (const line of [
      "reranker_batch_size_sum 5",
      "reranker_batch_tokens_sum 300",
      "te_batch_next_size_sum 5",
      "te_batch_next_tokens_sum 300",
    ]) {
      expect(text).toContain(line);
    }
  });

  it("says in answer, log and metrics what a reranker made of others did", async () => {
    const { served } = fakeModel();
    const broken = {
      ...(await served.load()),
      id: "broken",
      rerank: () => Promise.reject(new Error("secret")),
    };
    const spent = { pairs: 1, tokens: 5, calls: 0, cacheHits: 2 };
    const cached = {
      ...(await served.load()),
      rerank: async (request: RerankRequest) => ({
        ...(await (await served.load()).rerank(request)),
        usage: spent,
      }),
    };
    const model = { name: "safe", load: async () => cascade([withFallback([broken, cached])]) };
    const { server, lines } = logging({ models: [model] });
    const answer = await (await server.fetch(post(NATIVE, ask))).json();
    expect(answer).toMatchObject({
      reranker: "cascade(fallback(broken, fake))",
      usage: spent,
      parts: [{ outcome: "ranked", parts: [{ model: "broken", outcome: "failed", code: "INTERNAL" }, {}] }],
      warnings: [{ code: "fallback" }],
    });
    expect(lines.find(({ msg }) => msg === "answered")).toMatchObject({
      ...{ warnings: "fallback", failed: "broken INTERNAL" },
    });
    expect(JSON.stringify([answer, lines])).not.toContain("secret");
    const text = await (await server.fetch(get("/metrics"))).text();
    expect(text).toContain("reranker_cache_hits_total 2\n");
  });

  it("says when to come again where no reranker of a fallback answered", async () => {
    const broken = {
      ...(await fakeModel().served.load()),
      rerank: () => Promise.reject(new Error("secret")),
    };
    const { server } = serving({ models: [{ name: "m", load: async () => withFallback([broken]) }] });
    const { status, headers } = await server.fetch(post(NATIVE, ask));
    expect([status, headers.get("retry-after")]).toEqual([503, "1"]);
  });

  it("counts under its own names, and under those of others where asked", async () => {
    const { server } = serving({ teiMetrics: true });
    await server.fetch(post("/v1/rerank", ask));
    await server.fetch(post("/v1/rerank", {}));
    await server.fetch(post("/some/secret", ask));
    const text = await (await server.fetch(get("/metrics"))).text();
    for (const line of [
      'reranker_http_requests_total{route="/v1/rerank",dialect="superset",status="200"} 1',
      'reranker_http_requests_total{route="/v1/rerank",dialect="superset",status="400"} 1',
      'reranker_http_requests_total{route="other",dialect="superset",status="404"} 1',
      'reranker_request_duration_seconds_count{model="fake"} 1',
      "reranker_queue_seconds_count 1",
      "reranker_tokenize_seconds_sum 0.001",
      "reranker_inference_seconds_sum 0.003",
      'reranker_queue_depth{model="fake"} 0',
      "reranker_requests_under_way 0",
      "reranker_documents_total 3",
      "reranker_tokens_total 21",
      'reranker_errors_total{code="INVALID_REQUEST"} 1',
      'reranker_model_loaded{model="fake"} 1',
      "te_request_count 3",
      "te_request_success 1",
      'te_request_failure{err="validation"} 2',
    ]) {
      expect(text.split("\n")).toContain(line);
    }
    expect(text).not.toContain("secret");
    expect(await (await serving().server.fetch(get("/metrics"))).text()).not.toContain("te_request");
  });

  it("tells how much waits for a model that knows", async () => {
    const { server } = serving({}, { load: { queuedSequences: 4, queuedTokens: 90, pace: 1 } });
    await server.fetch(post(NATIVE, ask));
    const text = await (await server.fetch(get("/metrics"))).text();
    expect(text).toContain('reranker_queue_depth{model="fake"} 4\n');
    expect(text).toContain('reranker_queue_tokens{model="fake"} 90\n');
  });

  it("logs a line a request, without what was asked", async () => {
    const { server, lines } = logging();
    await server.fetch(post(NATIVE, { query: "SECRET", documents: ["SECRET"] }, { "x-request-id": "one" }));
    await server.fetch(post(NATIVE, { query: "SECRET", documents: "SECRET" }));
    await server.fetch(post("/SECRET", ask));
    expect(lines.find(({ id }) => id === "one")).toMatchObject({
      ...{ msg: "answered", method: "POST", path: NATIVE, status: 200, dialect: "rankwright", model: "fake" },
      ...{ documents: 1, tokens: 7, inferenceMs: 3 },
    });
    expect(lines.filter(({ msg }) => msg === "refused")).toMatchObject([
      { status: 400, code: "INVALID_REQUEST", field: "documents" },
      { status: 404, code: "UNKNOWN_ROUTE" },
    ]);
    expect(JSON.stringify(lines)).not.toContain("SECRET");
  });

  it("logs the query where it is told to, and failures with their cause", async () => {
    const open = logging({ logText: true });
    await open.server.fetch(post(NATIVE, { query: "visible", documents: ["d"] }));
    expect(open.lines.some(({ query }) => query === "visible")).toBe(true);
    const model = fakeModel({
      gate: async () => {
        throw new Error("the cable was cut");
      },
    });
    const broken = logging({ models: [model.served] });
    expect((await broken.server.fetch(post(NATIVE, ask))).status).toBe(500);
    expect(JSON.stringify(broken.lines)).toContain("the cable was cut");
  });

  it("traces requests to a file that only its owner reads, with texts only where asked", async () => {
    for (const content of [false, true]) {
      const file = join(folder, `${content}.jsonl`);
      const { server } = serving({ trace: { file, content } });
      await server.fetch(
        post(NATIVE, { query: "WORDS", documents: ["TEXT 1", { id: "d", text: "TEXT 2" }] }),
      );
      await server.close();
      const text = readFileSync(file, "utf8");
      expect(text.includes("WORDS") && text.includes("TEXT 2")).toBe(content);
      expect(JSON.parse(text)).toMatchObject({
        model: "fake",
        dialect: "rankwright",
        results: [{ index: 1 }, { index: 0 }],
        query: content ? { text: "WORDS" } : { characters: 5 },
      });
      expect(statSync(file).mode & 0o077).toBe(0);
    }
  });

  it("traces the share that it is told to", async () => {
    const file = join(folder, "none.jsonl");
    const { server } = serving({ trace: { file, share: 0 } });
    await server.fetch(post(NATIVE, ask));
    await server.close();
    expect(readFileSync(file, "utf8")).toBe("");
  });
});

describe("spans", () => {
  interface Written {
    readonly name: string;
    readonly attributes: Record<string, unknown>;
    status?: unknown;
    ended: boolean;
  }
  const written: Written[] = [];

  beforeEach(() => {
    written.length = 0;
    const startSpan = (name: string, options: SpanOptions = {}) => {
      const one: Written = { name, attributes: { ...options.attributes }, ended: false };
      written.push(one);
      return {
        setAttributes: (more: object) => Object.assign(one.attributes, more),
        setAttribute: (key: string, value: unknown) => {
          one.attributes[key] = value;
        },
        setStatus: (status: unknown) => {
          one.status = status;
        },
        end: () => {
          one.ended = true;
        },
      } as unknown as Span;
    };
    const tracer = {
      startSpan,
      startActiveSpan: (
        name: string,
        options: SpanOptions,
        _context: unknown,
        work: (span: Span) => unknown,
      ) => work(startSpan(name, options)),
    };
    trace.setGlobalTracerProvider({ getTracer: () => tracer } as unknown as TracerProvider);
  });
  afterEach(() => trace.disable());

  it("speak both vocabularies, and leave texts out", async () => {
    await serving().server.fetch(post(NATIVE, { ...ask, query: "SECRET", topN: 2 }));
    expect(written).toMatchObject([
      {
        name: "rerank fake",
        ended: true,
        attributes: {
          "gen_ai.operation.name": "rerank",
          "gen_ai.provider.name": "rankwright",
          "gen_ai.request.model": "fake",
          "gen_ai.rerank.candidate.count": 3,
          "gen_ai.rerank.top_n": 2,
          "gen_ai.usage.input_tokens": 21,
          "openinference.span.kind": "RERANKER",
          "reranker.model_name": "fake",
          "reranker.top_k": 2,
        },
      },
    ]);
    expect(JSON.stringify(written)).not.toContain("SECRET");
  });

  it("hold texts and scores where asked", async () => {
    await serving({ logText: true }).server.fetch(post(NATIVE, ask));
    expect(written[0]?.attributes).toMatchObject({
      "reranker.query": "q",
      "reranker.input_documents.1.document.content": "b 3",
      "reranker.output_documents.0.document.content": "b 3",
      "gen_ai.rerank.scores": [expect.any(Number), expect.any(Number), expect.any(Number)],
    });
  });

  it("tell of errors by their code", async () => {
    const broken = async () => {
      throw new Error("x");
    };
    await serving({}, { gate: broken }).server.fetch(post(NATIVE, ask));
    expect(written).toMatchObject([{ ended: true, attributes: { "error.type": "INTERNAL" } }]);
  });
});
