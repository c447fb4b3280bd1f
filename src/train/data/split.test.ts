import { expect, it } from "vitest";
import { openDataset } from "./open-dataset.js";
import { queryFraction, splitByHash } from "./split.js";

const made = (queries: readonly string[]) =>
  openDataset([
    { name: "made", examples: queries.map((query) => ({ query, documents: [{ text: "d" }], targets: [1] })) },
  ]);
const queries = Array.from({ length: 1000 }, (_, i) => `query ${i}`);

it("holds out about the share that is asked for, and splits all", async () => {
  const { train, validation } = splitByHash(await made(queries), 0.1);
  expect(train.size + validation.size).toBe(1000);
  expect(validation.size).toBeGreaterThan(60);
  expect(validation.size).toBeLessThan(140);
});

it("decides by the query alone", async () => {
  const held = async (texts: readonly string[]) =>
    new Set(
      [...splitByHash(await made(texts), 0.3).validation.entries()].map(({ example }) => example.query),
    );
  const few = await held(queries.slice(0, 50));
  const all = await held(queries.toReversed());
  for (const query of queries.slice(0, 50)) expect(all.has(query)).toBe(few.has(query));
  expect(queryFraction("  What\tis ＢＥＲＴ ")).toBe(queryFraction("what is bert"));
});

it("holds out more of the same with a larger share", async () => {
  const dataset = await made(queries);
  const held = (share: number) =>
    [...splitByHash(dataset, share).validation.entries()].map(({ number }) => number);
  const larger = new Set(held(0.4));
  expect(held(0.2).every((number) => larger.has(number))).toBe(true);
  expect(() => splitByHash(dataset, 1)).toThrow("share");
});

it("decides by the words of a text that has no query", async () => {
  const text = (i: number) => ({ query: "", documents: [{ text: `text ${i}` }], targets: [1] });
  const examples = Array.from({ length: 1000 }, (_, i) => text(i));
  const { validation } = splitByHash(await openDataset([{ name: "texts", examples }]), 0.1);
  expect(validation.size).toBeGreaterThan(60);
  expect(validation.size).toBeLessThan(140);
});
