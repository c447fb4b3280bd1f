import { describe, expect, it } from "vitest";
import { loadReranker } from "../load.js";
import { showSpecValue } from "./show-spec-value.js";

const KEY = "sk-0123456789";

describe("showSpecValue", () => {
  it.each<[string, unknown, string]>([
    ["maxTokens", "512", '"512"'],
    ["k", Number.NaN, "NaN"],
    ["listwise.apiKeyEnv", "OPENAI_API_KEY", '"OPENAI_API_KEY"'],
    ["listwise", { model: "m", window: 1 }, '{"model":"m","window":1}'],
    ["baseUrl", "http://me:word@host", '"http://***@host"'],
  ])("shows %s %j", (path, value, shown) => {
    expect(showSpecValue(path, value)).toBe(shown);
  });

  it("survives what JSON cannot hold", () => {
    const loop: Record<string, unknown> = { apiKey: KEY };
    loop.self = loop;
    expect(showSpecValue("spec", loop)).toBe('"an object"');
  });
});

describe("a wrong spec", () => {
  const chat = { model: "m", apiKey: KEY };
  it.each([
    { listwsie: chat },
    { listwise: [chat] },
    { listwise: { model: "m", api_key: KEY } },
    { listwise: { model: "m", token: KEY } },
    { listwise: { model: "m", apiKeyEnv: KEY } },
    { listwise: { model: "m", headers: { "x-k": KEY }, hosted: "tei" }, fuse: [] },
    { listwise: { model: { name: "m", apiKey: KEY } } },
    { pairwise: [chat, { ...chat, model: 5 }] },
    { pairwise: { pairwise: [chat] } },
    { cascade: { listwise: chat } },
    { hosted: "cohere", model: "m", Authorization: KEY },
    [chat],
  ])("never shows its key: %j", async (spec) => {
    const error = await loadReranker(spec as never).catch((error) => error);
    expect(error.code).toBe("INVALID_OPTION");
    expect(JSON.stringify([error.message, error.value ?? null])).not.toContain(KEY);
  });
});
