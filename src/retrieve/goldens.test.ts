import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { CorpusDocument } from "../evaluate/collection/collection.js";
import { analyzer } from "./analysis/build-analyzer.js";
import { Bm25Index } from "./bm25/bm25-index.js";

const folder = resolve(import.meta.dirname, "../../goldens/bm25");
const read = <T>(file: string): T => JSON.parse(readFileSync(resolve(folder, file), "utf8")) as T;

interface Setting<List> {
  readonly k1: number;
  readonly b: number;
  /** One per query. */
  readonly lists: readonly List[];
}
const { texts, documents, queries } = read<{
  texts: { english: string[]; cjk: string[]; hindi: string[] };
  documents: CorpusDocument[];
  queries: string[];
}>("cases.json");
const lucene = read<{
  tokens: { english: string[][]; standard: string[][]; cjk: string[][]; hindi: string[][] };
  rankings: Setting<[id: string, score: number][]>[];
}>("lucene.json");
const bm25s = read<Setting<Record<string, number>>[]>("bm25s.json");

describe("terms equal Lucene's", () => {
  it.each([
    ["english", analyzer("english"), texts.english, lucene.tokens.english],
    ["standard", analyzer("standard"), texts.english, lucene.tokens.standard],
    ["cjk", analyzer("cjk"), texts.cjk, lucene.tokens.cjk],
    ["hindi", analyzer({ language: "hindi", stopWords: "none" }), texts.hindi, lucene.tokens.hindi],
  ])("%s", (_, used, given, expected) => {
    expect(given.map((text) => used.analyze(text))).toEqual(expected);
  });
});

describe("rankings equal Lucene's", () => {
  it.each(lucene.rankings)("k1 = $k1, b = $b", async ({ k1, b, lists }) => {
    const index = await Bm25Index.build(documents, { k1, b });
    for (const [number, query] of queries.entries()) {
      const { ids, scores } = index.search(query, 1000);
      const expected = lists[number] as [string, number][];
      expect(ids, query).toEqual(expected.map(([id]) => id));
      for (const [place, [id, score]] of expected.entries()) {
        // The last two bits of a 32-bit number: Lucene weighs a repeated query term before it rounds.
        const difference = Math.abs((scores[place] as number) - Math.fround(score));
        expect(difference, `${id} for ${query}`).toBeLessThanOrEqual(score * 2 ** -22);
      }
    }
  });
});

describe("scores with exact lengths equal those of bm25s", () => {
  it.each(bm25s)("k1 = $k1, b = $b", async ({ k1, b, lists }) => {
    const index = await Bm25Index.build(documents, { k1, b, lengths: "exact" });
    for (const [number, query] of queries.entries()) {
      const { ids, scores } = index.search(query, 1000);
      const expected = lists[number] as Record<string, number>;
      expect([...ids].sort(), query).toEqual(Object.keys(expected).sort());
      for (const [place, id] of ids.entries())
        expect(scores[place], id).toBeCloseTo(expected[id] as number, 5);
    }
  });
});
