import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document } from "../types/index.js";
import { lexicalScorer } from "./lexical.js";
import { pointwise } from "./pointwise.js";

const score = async (query: string, documents: readonly (string | Document)[]) =>
  lexicalScorer().score(
    documents.map((document) => ({
      query,
      document: typeof document === "string" ? { text: document } : document,
    })),
  );
/** Which of the documents comes out on top. */
async function best(query: string, documents: readonly (string | Document)[]) {
  const { results } = await pointwise(lexicalScorer()).rerank({ query, documents });
  return results[0]?.index;
}

describe("lexicalScorer", () => {
  it("prefers more of the query's words, and the rarer ones", async () => {
    expect(await best("export invoices", ["Weather today", "Invoices", "How to export invoices"])).toBe(2);
    expect(await best("what is the zloty", ["What is the time?", "A zloty has 100 groszy."])).toBe(1);
  });

  it("meets other forms of a word", async () => {
    expect(await best("how do I cancel", ["Pausing a plan", "Cancelling a plan"])).toBe(1);
  });

  it("prefers the phrase, the nearer words, the title and the shorter text", async () => {
    expect(await best("night train", ["a train at night", "a night train runs"])).toBe(1);
    const apart = `zebra ${"nothing of note here ".repeat(8)} walrus`;
    const near = `walrus, zebra ${"nothing of note here ".repeat(8)}`;
    expect(await best("zebra walrus", [apart, near])).toBe(1);
    const text = "All about them.";
    expect(
      await best("zebra", [
        { title: "Pets", text: `${text} Zebra.` },
        { title: "Zebra", text: `${text} Pets.` },
      ]),
    ).toBe(1);
    expect(await best("zebra", [`zebra ${"more words ".repeat(50)}`, "zebra"])).toBe(1);
  });

  it("works for scripts without spaces", async () => {
    expect(await best("如何暂停订阅", ["如何取消订单", "您可以随时暂停您的订阅", "关于我们"])).toBe(1);
  });

  it("finds the answer of the quickstart example, which the first stage put fifth", async () => {
    const read = (name: string) =>
      readFileSync(new URL(`../../examples/quickstart/${name}`, import.meta.url), "utf8").trim();
    const documents: Document[] = read("documents.jsonl")
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(await best(read("query.txt"), documents)).toBe(4);
    expect(documents[4]?.id).toBe("winter");
  });

  it("points at the passage behind the score and counts words", async () => {
    const text = "Welcome. You can pause a subscription in the settings. Goodbye.";
    const { evidence, tokens } = await score("pause my subscription", [{ title: "Help", text }, "nothing"]);
    expect(text.slice(...evidence![0]!.window)).toBe("pause a subscription");
    expect(evidence).toEqual([
      { window: [17, 37], tokensSeen: 11, tokensTotal: 11 },
      { window: [0, 0], tokensSeen: 1, tokensTotal: 1 },
    ]);
    expect(tokens).toBe(12);
  });

  it("scores 0 where there is nothing to compare", async () => {
    expect([...(await score("?!", ["a", ""])).scores]).toEqual([0, 0]);
    expect([...(await score("zebra", ["", "walrus"])).scores]).toEqual([0, 0]);
    expect([...(await score("zebra", [])).scores]).toEqual([]);
  });

  it("keeps the queries of one call apart", async () => {
    const a = await score("zebra", ["zebra", "walrus zebra"]);
    const b = await score("walrus", ["a walrus"]);
    const { scores } = await lexicalScorer().score([
      { query: "zebra", document: { text: "zebra" } },
      { query: "walrus", document: { text: "a walrus" } },
      { query: "zebra", document: { text: "walrus zebra" } },
    ]);
    expect([...scores]).toEqual([a.scores[0], b.scores[0], a.scores[1]]);
  });

  it("leaves what comes after the deadline unscored", async () => {
    const pairs = ["zebra", "zebra"].map((text) => ({ query: "zebra", document: { text } }));
    const { scores, unscored } = await lexicalScorer().score(pairs, { deadline: performance.now() - 1 });
    expect([...scores]).toEqual([0, 0]);
    expect(unscored).toEqual([0, 1]);
  });

  it("stops inside a long document when the signal or the deadline says so", async () => {
    const pairs = [{ query: "zebra", document: { text: "zebra ".repeat(2_000_000) } }];
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 1);
    await expect(lexicalScorer().score(pairs, { signal: controller.signal })).rejects.toBe("enough");
    const { unscored } = await lexicalScorer().score(pairs, { deadline: performance.now() + 5 });
    expect(unscored).toEqual([0]);
  });

  it("reports progress and refuses work after close()", async () => {
    const scorer = lexicalScorer();
    const seen: number[][] = [];
    await scorer.score([{ query: "q", document: { text: "a" } }], {
      onProgress: (done, total) => seen.push([done, total]),
    });
    expect(seen).toEqual([[1, 1]]);
    await scorer.close();
    await expect(scorer.score([])).rejects.toMatchObject({ code: "CLOSED" });
  });
});

describe("lexical scores", () => {
  const word = fc.constantFrom("zebra", "walrus", "the", "of", "pausing", "暂停", "é", "x1", "!", " ");
  const text = fc.oneof(
    fc.array(word, { maxLength: 12 }).map((words) => words.join(" ")),
    fc.string({ unit: "binary" }),
  );
  const documents = fc.array(fc.record({ text, title: fc.option(text, { nil: undefined }) }), {
    minLength: 1,
    maxLength: 8,
  });

  it("lie in [0, 1), with windows inside the text", async () => {
    await fc.assert(
      fc.asyncProperty(text, documents, async (query, given) => {
        const { scores, evidence } = await score(query, given);
        for (const [i, value] of scores.entries()) {
          expect(value >= 0 && value < 1).toBe(true);
          const [start, end] = evidence![i]!.window;
          expect(0 <= start && start <= end && end <= given[i]!.text.length).toBe(true);
        }
      }),
    );
  });

  it("stay below 1 for a document that is nothing but the query, very often", async () => {
    const { scores } = await score("zebra walrus", [
      { title: "zebra walrus", text: "zebra walrus ".repeat(200_000) },
    ]);
    expect(scores[0]).toBeGreaterThan(0.9);
    expect(scores[0]).toBeLessThan(1);
  });

  it("do not depend on the order of the candidates", async () => {
    await fc.assert(
      fc.asyncProperty(text, documents, async (query, given) => {
        const forwards = await score(query, given);
        const backwards = await score(query, given.toReversed());
        expect([...backwards.scores].toReversed()).toEqual([...forwards.scores]);
      }),
    );
  });
});
