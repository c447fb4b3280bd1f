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
      "6VdSBxzErvQociKRfNBaXca286stjcrQuQt79Qwivb4",
    );
    expect(await keyOf("model", "query", { title: "", text: "text" })).toBe(
      "wQPLGmYzJxiFlCRXRMfT6kch16PcT3d9Ia4aUeY1KKs",
    );
  });

  it("gives way to an abort", async () => {
    const signal = AbortSignal.abort(new Error("left"));
    await expect(pairKeys("m", [{ query: "q", document: { text: "t" } }], signal)).rejects.toThrow("left");
  });
});
