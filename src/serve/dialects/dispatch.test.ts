import { describe, expect, it } from "vitest";
import { cannedAnswer } from "../testing/canned-answer.js";
import { Dispatcher } from "./dispatch.js";
import { toJson } from "./json.js";
import type { DialectSettings } from "./settings.js";

const query = "q";
const documents = ["a", "b"];

function nameOf(path: string, body = {}, headers = {}, settings: Partial<DialectSettings> = {}): string {
  return new Dispatcher(settings).choose(path, headers, body).dialect.name;
}

/** The answer to a body whose documents score 0, 1, 2 and so on. */
function ask(path: string, body: Readonly<Record<string, unknown>>, settings: Partial<DialectSettings> = {}) {
  const { dialect, arrival } = new Dispatcher(settings).choose(path, {}, body);
  const { requests, render } = dialect.understand(body, arrival);
  return JSON.parse(toJson(render(requests.map((one) => cannedAnswer(one, [...one.documents.keys()])))));
}

describe("a shared path", () => {
  it.each([
    ["/v1/rerank", { texts: ["a"], query, property: "" }, {}, "tei"],
    ["/rerank", { query, documents, property: "" }, { "api-key": "k" }, "weaviate"],
    ["/v1/rerank", { query, profile: "p", candidates: [] }, {}, "librechat"],
    ["/v1/rerank", { query, candidates: [] }, {}, "librechat"],
    ["/v1/reranking", { query, input: documents }, {}, "mixedbread"],
    ["/rerank", { query: { text: query }, passages: [] }, {}, "nvidia"],
    ["/rerank", { query, documents }, { "x-pinecone-api-version": "2026-04" }, "pinecone"],
    ["/v1/rerank", { query, documents }, { "api-key": "k" }, "superset"],
    ["/v1/rerank", { query, documents, top_k: null }, {}, "voyage"],
    ["/v1/rerank", { query, documents, truncation: true }, {}, "voyage"],
    ["/v1/rerank", { query, documents }, { "user-agent": "voyageai/0.4.0" }, "voyage"],
    ["/v1/rerank", { query, documents }, {}, "superset"],
    ["/v2/rerank", { query, documents }, {}, "superset"],
    ["/v1/reranking", { query, documents }, {}, "superset"],
    ["/v1/rerank/", { query, documents, top_k: 1 }, {}, "voyage"],
  ])("%s with %j and %j is %s's", (path, body, headers, name) => {
    expect(nameOf(path, body, headers)).toBe(name);
  });

  it("is decided by what a body holds itself", () => {
    expect(nameOf("/rerank", Object.create({ texts: [] }))).toBe("superset");
  });
});

describe("a prefix", () => {
  it.each([
    ["/voyage/v1/rerank", "voyage"],
    ["/tei/rerank", "tei"],
    ["/tei", "tei"],
    ["/tei/predict", "tei-predict"],
    ["/vllm/score", "vllm-score"],
    ["/vllm/v2/rerank", "vllm"],
    ["/infinity/rerank", "infinity"],
  ])("chooses: %s", (path, name) => {
    expect(nameOf(path, { texts: [] })).toBe(name);
    expect(new Dispatcher().answers(path)).toBe(true);
  });

  it.each(["/tei/v2/rerank", "/nobody/rerank", "/constructor/rerank", "/v3/rerank", "//rerank", ""])(
    "is no way around the paths: %j",
    (path) => {
      const dispatcher = new Dispatcher();
      expect(dispatcher.answers(path)).toBe(false);
      expect(dispatcher.choose(path, {}).dialect.refuse).toBeTypeOf("function");
    },
  );
});

describe("settings", () => {
  it("fix a dialect to a path, even to a new one", () => {
    const settings = { fixed: { "/v1/rerank": "voyage", "/custom": "jina" } };
    expect(nameOf("/v1/rerank", { texts: [] }, {}, settings)).toBe("voyage");
    expect(nameOf("/custom", {}, {}, settings)).toBe("jina");
    expect(new Dispatcher(settings).answers("/custom")).toBe(true);
    expect(new Dispatcher().answers("/custom")).toBe(false);
  });

  it("refuse a dialect that is not there and a path that is none", () => {
    const refused = (fixed: Record<string, string>) => () => new Dispatcher({ fixed });
    expect(refused({ "/a": "voyager" })).toThrow(/^fixed\["\/a"\] is "voyager"; the dialects are tei, /);
    expect(refused({ a: "voyage" })).toThrow('fixed["a"] is no path; begin it with "/"');
  });

  it("say what top_n: 0 asks for", () => {
    const body = { query, documents, top_n: 0 };
    const found = (settings: Partial<DialectSettings>, path = "/rerank") =>
      ask(path, body, settings).results.length;
    expect(found({})).toBe(2);
    expect(found({ topNZero: "none" })).toBe(0);
    expect(() => ask("/rerank", body, { topNZero: "invalid" })).toThrow(
      "top_n is 0; pass a whole number from 1",
    );
    expect(found({ topNZero: "none" }, "/vllm/rerank")).toBe(2);
    expect(found({ topNZero: "all" }, "/llama-cpp/rerank")).toBe(0);
  });

  it("say whether and how documents are repeated", () => {
    const first = (path: string, settings: Partial<DialectSettings>, more = {}) =>
      ask(path, { query, documents, ...more }, settings).results[0].document;
    expect(first("/rerank", {})).toEqual({ text: "b" });
    expect(first("/rerank", { echo: "string" })).toBe("b");
    expect(first("/rerank", { returnDocuments: false })).toBeUndefined();
    expect(first("/rerank", { returnDocuments: false }, { return_documents: true })).toEqual({ text: "b" });
    expect(first("/v2/rerank", {})).toBeUndefined();
    expect(first("/v2/rerank", {}, { return_documents: true })).toEqual({ text: "b" });
  });

  it("leave truncation to Jina where they are told to", () => {
    const settings = { truncationMeansVoyage: false };
    expect(nameOf("/v1/rerank", { query, documents, truncation: true }, {}, settings)).toBe("superset");
    expect(nameOf("/v1/rerank", { query, documents, truncation: true, top_k: 3 }, {}, settings)).toBe(
      "voyage",
    );
  });

  it("are strict about unknown fields where they are told to", () => {
    const body = { query, documents, topn: 3 };
    expect(ask("/rerank", body).results).toHaveLength(2);
    expect(() => ask("/voyage/rerank", body, { strict: true })).toThrow(
      "topn is 3; leave it out: the fields are model, query, documents, top_k, return_documents, truncation",
    );
  });

  it("bound lists before they are read", () => {
    const body = { query, documents: [1, 2, 3] };
    expect(() => ask("/rerank", body, { maxItems: 2 })).toThrow(
      expect.objectContaining({
        code: "REQUEST_TOO_LARGE",
        message: "documents holds 3 items; pass at most 2",
      }),
    );
  });
});
