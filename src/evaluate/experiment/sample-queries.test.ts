import { describe, expect, it } from "vitest";
import { sampleQueries } from "./sample-queries.js";
import { tinyCollection } from "./testing/tiny-collection.js";

describe("sampleQueries", () => {
  it("draws judged queries that have a text, with their judgments", () => {
    const collection = tinyCollection();
    const qrels = new Map([...collection.qrels, ["ghost", new Map([["d0", 1]])]]);
    const queries = new Map([...collection.queries, ["unjudged", "four"]]);
    for (let seed = 0; seed < 20; seed++) {
      const sample = sampleQueries({ ...collection, qrels, queries }, 2, seed);
      expect([...sample.queries.keys()].sort()).toEqual([...sample.qrels.keys()].sort());
      expect(sample.qrels.size).toBe(2);
      expect([...sample.qrels.keys()].every((query) => collection.qrels.has(query))).toBe(true);
    }
  });

  it("draws others for another seed, the same for the same", () => {
    const drawn = (seed: number) => [...sampleQueries(tinyCollection(), 1, seed).qrels.keys()].join();
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    expect(new Set(seeds.map(drawn)).size).toBe(3);
    expect(seeds.map(drawn)).toEqual(seeds.map(drawn));
  });

  it("takes everything where fewer are there than asked for", () => {
    const collection = tinyCollection();
    expect(sampleQueries(collection, 9)).toBe(collection);
    expect(sampleQueries(collection, undefined)).toBe(collection);
  });
});
