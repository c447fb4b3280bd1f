import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pair } from "../../types/index.js";
import { pairKeys } from "./pair-keys.js";

const keyOf = async (fingerprint: string, query: string, document: Pair["document"]) =>
  (await pairKeys(fingerprint, [{ query, document }]))[0];

describe("pairKeys", () => {
  it("is the same for the same texts, whatever else a document has", async () => {
    const key = await keyOf("m", "q", { text: "t", title: "a" });
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(await keyOf("m", "q", { id: "7", text: "t", title: "a", score: 3, metadata: { n: 1 } })).toBe(key);
    const pairs = [
      { query: "q", document: { text: "other" } },
      { query: "p", document: { text: "t", title: "a" } },
      { query: "q", document: { text: "t", title: "a" } },
    ];
    expect((await pairKeys("m", pairs))[2]).toBe(key);
  });

  it("differs wherever a text moves, splits or changes", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\ud800", "\ufffd", ""), maxLength: 3 });
    const inputs = fc.record({
      fingerprint: text,
      query: text,
      title: fc.option(text, { nil: undefined }),
      text,
    });
    await fc.assert(
      fc.asyncProperty(inputs, inputs, async (a, b) => {
        const [one, other] = await Promise.all(
          [a, b].map(({ fingerprint, query, ...document }) => keyOf(fingerprint, query, document)),
        );
        expect(one === other).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 500 },
    );
  });

  // Computed with Python's hashlib from the layout that pairKeys documents.
  it("stays what it is: keys outlive the process", async () => {
    expect(await keyOf("model", "query", { text: "text" })).toBe(
      "qd3gptI9ezLY5QVKK-6wZnFJNwR3OmxKFMJ_NZcgbDk",
    );
    expect(await keyOf("model", "query", { title: "", text: "text" })).toBe(
      "JgsyXxt9QQSyofnDNtsLr3tz91W1aa4-fY0ejmyFOE4",
    );
  });

  it("differs with what a call asks for, and not with its circumstances", async () => {
    const pairs = [{ query: "q", document: { text: "t" } }];
    const plain = await pairKeys("m", pairs);
    const { signal } = new AbortController();
    expect(await pairKeys("m", pairs, { signal, deadline: 9e9, priority: 1, onProgress: () => {} })).toEqual(
      plain,
    );
    const asked = (more: object) => pairKeys("m", pairs, more);
    expect(await asked({ instruction: undefined })).toEqual(plain);
    const others = await Promise.all([
      asked({ instruction: "i" }),
      asked({ maxTokens: 9 }),
      asked({ maxTokens: 8 }),
    ]);
    expect(new Set([plain, ...others].flat()).size).toBe(4);
  });

  it("gives way to an abort", async () => {
    const signal = AbortSignal.abort(new Error("left"));
    await expect(pairKeys("m", [{ query: "q", document: { text: "t" } }], { signal })).rejects.toThrow(
      "left",
    );
  });
});
