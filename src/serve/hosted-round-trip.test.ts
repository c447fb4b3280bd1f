import { afterAll, describe, expect, it } from "vitest";
import { type HostedOptions, hosted, type ProviderName } from "../rerank/hosted/index.js";
import { serving } from "./testing/serving.js";

/** Texts whose scores are the numbers in them. */
const DOCUMENTS = ["two 2", "minus one -1", { title: "First", text: "five 5" }, "zero 0"];
const KEY = "key-of-the-server";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

const { server, seen } = serving({ apiKeys: [KEY] });
afterAll(() => server.close());

/** The library's client in front of the library's server, which knows its dialects from others' clients. */
function client(name: ProviderName, options: HostedOptions) {
  const fetch = (url: string | URL | Request, init?: RequestInit) => server.fetch(new Request(url, init));
  return hosted(name, { model: "fake", apiKey: KEY, fetch, ...options });
}

const HOST = "http://rankwright.test";

describe.each<[ProviderName, string, (x: number) => number]>([
  ["cohere", HOST, sigmoid],
  ["cohere", `${HOST}/cohere-v2/v2`, sigmoid],
  ["voyage", `${HOST}/voyage/v1`, sigmoid],
  ["jina", HOST, sigmoid],
  ["jina", `${HOST}/jina/v1`, sigmoid],
  ["zeroentropy", HOST, sigmoid],
  ["mixedbread", HOST, sigmoid],
  ["pinecone", HOST, sigmoid],
  ["tei", HOST, sigmoid],
  ["tei", `${HOST}/tei`, sigmoid],
  ["vllm", HOST, sigmoid],
  ["vllm", `${HOST}/vllm/v1/`, sigmoid],
  ["nvidia", HOST, (x) => x],
])("hosted(%j) at %s, in front of our own server", (name, baseUrl, scale) => {
  it("ranks as the model behind it does", async () => {
    const { results, usage, warnings } = await client(name, { baseUrl }).rerank({
      query: "which",
      documents: DOCUMENTS,
      topN: 3,
    });
    expect(results.map(({ index }) => index)).toEqual([2, 0, 3]);
    for (const [place, score] of [5, 2, 0].entries())
      expect(results[place]?.score).toBeCloseTo(scale(score), 6);
    expect(usage.calls).toBe(1);
    expect(warnings).toEqual([]);
    expect(seen.requests.at(-1)?.query).toBe("which");
    expect(seen.requests.at(-1)?.documents).toHaveLength(4);
  });

  it("knows a wrong key and an unknown model", async () => {
    const documents = ["a 1"];
    const locked = client(name, { baseUrl, apiKey: "key-of-nobody" });
    await expect(locked.rerank({ query: "q", documents })).rejects.toMatchObject({
      code: "REMOTE_UNAUTHORIZED",
    });
    const unknown = client(name, { baseUrl, model: "no-such-model" }).rerank({ query: "q", documents });
    // TEI has one model and no names.
    if (name === "tei") await expect(unknown).resolves.toMatchObject({ usage: { calls: 1 } });
    else await expect(unknown).rejects.toMatchObject({ code: "REMOTE_NOT_FOUND" });
  });
});
