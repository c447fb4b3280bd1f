import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redactor } from "./redact.js";
import { serverWords } from "./server-words.js";

const words = (body: unknown) =>
  serverWords(typeof body === "string" ? body : JSON.stringify(body), redactor(["hush-hush-1234"]));

describe("serverWords", () => {
  it.each([
    [
      "OpenAI, vLLM",
      { error: { message: "no", type: "invalid", param: "n", code: "bad" } },
      "no",
      "invalid n bad",
    ],
    ["Cohere", { message: "no" }, "no", ""],
    ["TEI", { error: "no", error_type: "Validation" }, "no", "validation"],
    ["Voyage", { detail: "no" }, "no", ""],
    ["FastAPI", { detail: [{ loc: ["body", "n"], msg: "no", type: "x" }] }, "no (body.n)", "x"],
    ["Pinecone", { status: 400, error: { code: "INVALID", message: "no" } }, "no", "400 invalid"],
    ["Ollama", { error: "no" }, "no", ""],
    ["Mistral", { object: "error", message: { detail: [{ msg: "no" }] }, code: null }, "no", ""],
    ["Gemini", [{ error: { code: 400, message: "no", status: "INVALID" } }], "no", "400 invalid"],
    [
      "OpenRouter",
      { error: { message: "Provider", code: 400, metadata: { raw: "no" } } },
      "Provider: no",
      "400",
    ],
    ["Azure", { error: { message: "no", innererror: { code: "Filtered" } } }, "no", "filtered"],
    ["text", "no such route", "no such route", ""],
    ["a page", "<html><head><title>502 Bad Gateway</title></head><body>x", "502 Bad Gateway", ""],
    ["a page without title", "<html><body>x", "", ""],
    ["nothing", "", "", ""],
  ])("reads the words of %s", (_, body, message, codes) => {
    expect(words(body)).toEqual({ message, codes });
  });

  it("cleans and shortens them, and hides secrets even where the cut would split one", () => {
    expect(words({ message: "\u001b[31mred\u001b[0m\n\u202Eline\u0000" }).message).toBe("red line");
    const { message } = words({ message: `${"x".repeat(290)} hush-hush-1234 ${"y".repeat(500)}` });
    expect(message).toHaveLength(300);
    expect(message).toMatch(/x \*\*\* y+…$/);
    expect(words({ message: "m", code: "hush-hush-1234" }).codes).toBe("***");
  });

  it("makes one short line of anything", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json({ maxDepth: 3 }), fc.string({ unit: "binary" })), (body) => {
        const { message } = serverWords(body, (text) => text);
        expect(message.length).toBeLessThanOrEqual(300);
        expect(message).not.toMatch(/[\p{Cc}]/u);
        expect(message.isWellFormed()).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
