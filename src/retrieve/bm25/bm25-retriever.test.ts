import { expect, it } from "vitest";
import { Bm25Index } from "./bm25-index.js";
import { bm25Retriever } from "./bm25-retriever.js";

const documents = new Map(
  [
    { id: "one", text: "A cat sat on the mat." },
    { id: "two", text: "Dogs and cats and dogs." },
  ].map((document) => [document.id, document]),
);
const index = await Bm25Index.build(documents.values());

it("brings documents with their scores, best first", async () => {
  const retriever = bm25Retriever(index, (id) => documents.get(id));
  expect(retriever.id).toBe("rankwright/bm25/english");
  const candidates = await retriever.search("dogs, cats", 5);
  expect(candidates.map(({ document }) => document)).toEqual([documents.get("two"), documents.get("one")]);
  expect(candidates[0]!.score).toBeGreaterThan(candidates[1]!.score);
  expect(await retriever.search("dogs, cats", 1)).toEqual(candidates.slice(0, 1));
});

it("says which document is gone", async () => {
  const retriever = bm25Retriever(index, async () => undefined);
  await expect(retriever.search("mat", 5)).rejects.toMatchObject({
    code: "INVALID_DOCUMENT",
    message: expect.stringContaining('"one"'),
  });
});

it("heeds the signal, before and while documents are brought", async () => {
  const controller = new AbortController();
  const retriever = bm25Retriever(index, async (id) => {
    controller.abort();
    return documents.get(id);
  });
  const { signal } = controller;
  await expect(retriever.search("mat", 5, { signal })).rejects.toMatchObject({ code: "ABORTED" });
  await expect(retriever.search("mat", 5, { signal })).rejects.toMatchObject({ code: "ABORTED" });
});
