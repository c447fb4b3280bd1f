import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CorpusDocument } from "../../evaluate/collection/collection.js";
import { Bm25Index, type Bm25Options } from "./bm25-index.js";

const corpus = (...texts: string[]): CorpusDocument[] =>
  texts.map((text, index) => ({ id: `d${index}`, text }));
const build = (documents: Iterable<CorpusDocument>, options: Bm25Options = {}) =>
  Bm25Index.build(documents, { analyzer: "whitespace", ...options });

/** BM25 as it is written, document by document, in 64 bits. */
function naiveScores(texts: readonly string[], query: string, k1: number, b: number): Map<string, number> {
  const documents = texts.map((text) => text.split(" ").filter(Boolean));
  const filled = documents.filter(({ length }) => length > 0);
  const average = filled.flat().length / filled.length;
  const scores = new Map<string, number>();
  for (const [index, words] of documents.entries()) {
    let score = 0;
    for (const term of query.split(" ").filter(Boolean)) {
      const containing = documents.filter((other) => other.includes(term)).length;
      const tf = words.filter((word) => word === term).length;
      const idf = Math.log(1 + (filled.length - containing + 0.5) / (containing + 0.5));
      if (tf > 0) score += (idf * tf) / (tf + k1 * (1 - b + (b * words.length) / average));
    }
    if (score > 0) scores.set(`d${index}`, score);
  }
  return scores;
}

const word = fc.constantFrom("a", "b", "c", "d", "e");
const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
const texts = fc.array(text, { minLength: 1, maxLength: 8 });

describe("Bm25Index", () => {
  it("scores by the formula, done by hand", async () => {
    const index = await build(corpus("cat dog", "cat cat dog bird", "fish fish fish"));
    const { ids, scores } = index.search("cat", 10);
    // N = 3, df = 2, average length = 9 / 3 = 3; k1 = 0.9, b = 0.4.
    const idf = Math.log(1 + 1.5 / 2.5);
    const first = (idf * 2) / (2 + 0.9 * (0.6 + (0.4 * 4) / 3));
    const second = (idf * 1) / (1 + 0.9 * (0.6 + (0.4 * 2) / 3));
    expect(ids).toEqual(["d1", "d0"]);
    expect(scores[0]).toBeCloseTo(first, 6);
    expect(scores[1]).toBeCloseTo(second, 6);
  });

  it("equals a naive scorer that reads every document", async () => {
    const k1 = fc.double({ min: 0, max: 3, noNaN: true });
    const b = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(texts, text, k1, b, async (given, query, k1, b) => {
        const found = (await build(corpus(...given), { k1, b, lengths: "exact" })).search(query, 100);
        const expected = naiveScores(given, query, k1, b);
        expect([...found.ids].sort()).toEqual([...expected.keys()].sort());
        for (const [place, id] of found.ids.entries()) {
          expect(Math.abs(found.scores[place]! - expected.get(id)!)).toBeLessThan(1e-5);
          if (place > 0) expect(found.scores[place]).toBeLessThanOrEqual(found.scores[place - 1] as number);
        }
      }),
    );
  });

  it("never lowers a score for one more word in the query", async () => {
    await fc.assert(
      fc.asyncProperty(texts, text, word, async (given, query, more) => {
        const index = await build(corpus(...given));
        const before = index.search(query, 100);
        const after = index.search(`${query} ${more}`, 100);
        const later = new Map(after.ids.map((id, place) => [id, after.scores[place] as number]));
        for (const [place, id] of before.ids.entries()) {
          expect(later.get(id)).toBeGreaterThanOrEqual(before.scores[place] as number);
        }
      }),
    );
  });

  it("gives the same scores in whatever order the documents came", async () => {
    await fc.assert(
      fc.asyncProperty(texts, text, async (given, query) => {
        const one = (await build(corpus(...given))).search(query, 100);
        const other = (await build(corpus(...given).reverse())).search(query, 100);
        const scores = ({ ids, scores }: typeof one) => new Map(ids.map((id, place) => [id, scores[place]]));
        expect(scores(other)).toEqual(scores(one));
      }),
    );
  });

  it("gives the best k, equal scores in the order of the documents", async () => {
    const index = await build(corpus("x y", "x y", "x x", "x y", "z"));
    expect(index.search("x", 3).ids).toEqual(["d2", "d0", "d1"]);
    expect(index.search("x", Number.MAX_SAFE_INTEGER).ids).toEqual(["d2", "d0", "d1", "d3"]);
  });

  it("counts a repeated query word as often as it stands there", async () => {
    const index = await build(corpus("cat", "dog dog", "bird"));
    const [once] = index.search("cat", 1).scores;
    expect(index.search("cat cat cat", 1).scores[0]).toBeCloseTo(3 * once!, 6);
  });

  it("finds nothing for no word, an unknown word, or in nothing", async () => {
    const index = await build(corpus("cat", ""));
    for (const query of ["", " ", "dog"])
      expect(index.search(query, 5)).toEqual({ ids: [], scores: new Float64Array() });
    expect((await build([])).search("cat", 5).ids).toEqual([]);
    expect((await build(corpus("", ""))).search("cat", 5).ids).toEqual([]);
  });

  it("forgets a search before the next", async () => {
    const index = await build(corpus("a b", "b c", "c"));
    const first = index.search("a b", 10);
    index.search("c", 1);
    expect(index.search("a b", 10)).toEqual(first);
  });

  it("leaves out excluded documents and fills their places", async () => {
    const index = await build(corpus("a", "a a", "a a a", "a b"));
    expect(index.search("a", 2, { exclude: new Set(["d2", "d0", "unknown"]) }).ids).toEqual(["d1", "d3"]);
    expect(index.search("a", 1, { exclude: new Set(["d0", "d1", "d2", "d3"]) }).ids).toEqual([]);
  });

  it("reads title and text as one field", async () => {
    const index = await Bm25Index.build([
      { id: "both", title: "Cats", text: "and dogs" },
      { id: "text", title: "", text: "cats and dogs" },
    ]);
    const { ids, scores } = index.search("cat dog", 2);
    expect(ids).toEqual(["both", "text"]);
    expect(scores[0]).toBe(scores[1]);
  });

  it("takes an analyser of the caller's own", async () => {
    const letters = { id: "letters", analyze: (text: string) => [...text] };
    const index = await Bm25Index.build(corpus("abc", "xyz"), { analyzer: letters });
    expect(index.analyzer).toBe(letters);
    expect(index.search("z", 1).ids).toEqual(["d1"]);
  });

  it("refuses an id that comes twice", async () => {
    await expect(build([...corpus("a"), ...corpus("b")])).rejects.toMatchObject({
      code: "DUPLICATE_ID",
      message: 'Two documents have the id "d0"; give each document an id of its own.',
    });
  });

  it.each([
    [{ k1: -1 }, "k1 must be a number of 0 or more, and is -1."],
    [{ k1: Number.NaN }, "k1 must be"],
    [{ b: 1.1 }, "b must be a number from 0 to 1, and is 1.1."],
    [{ b: "0.5" }, 'b must be a number from 0 to 1, and is "0.5".'],
    [{ lengths: "short" }, 'lengths must be "exact" or "lucene", and is "short".'],
  ])("refuses %j", async (options, message) => {
    await expect(build([], options as Bm25Options)).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringContaining(message),
    });
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses to find %d documents", async (k) => {
    const index = await build(corpus("a"));
    expect(() => index.search("a", k)).toThrow("k must be a whole number of 1 or more");
  });

  it("stops when the signal is aborted, and lets timers run meanwhile", async () => {
    const controller = new AbortController();
    let closed = false;
    function* endless() {
      try {
        for (let index = 0; ; index++) yield { id: `${index}`, text: "some words in an endless corpus" };
      } finally {
        closed = true;
      }
    }
    const seen: number[] = [];
    const built = Bm25Index.build(endless(), {
      signal: controller.signal,
      onProgress: (done) => seen.push(done),
    });
    void setTimeout(60).then(() => controller.abort("enough"));
    await expect(built).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
    expect(closed).toBe(true);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  });
});
