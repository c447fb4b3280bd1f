import { describe, expect, it } from "vitest";
import type { Collection } from "../evaluate/collection/collection.js";
import { type Bm25RunProgress, bm25Run } from "./first-stage.js";

const texts: Record<string, string> = {
  cat: "A cat sat on the mat.",
  dog: "Dogs chase cats and more cats.",
  bird: "Birds sing in the morning.",
};
const queries = new Map([
  ["q1", "cats"],
  ["cat", "cat on a mat"],
  ["q2", "unheard"],
  ["q3", "singing bird"],
]);

function collection(judged: readonly string[] = []): Collection {
  return {
    name: "animals",
    queries,
    qrels: new Map(judged.map((id) => [id, new Map([["cat", 1]])])),
    async *documents() {
      for (const [id, text] of Object.entries(texts)) yield { id, text };
    },
  };
}

describe("bm25Run", () => {
  it("ranks for all queries where nothing is judged", async () => {
    const run = await bm25Run(collection());
    expect(run.name).toBe("bm25");
    expect([...run.lists].map(([query, { ids }]) => [query, ids])).toEqual([
      ["q1", ["dog", "cat"]],
      ["cat", ["cat", "dog"]],
      ["q2", []],
      ["q3", ["bird"]],
    ]);
  });

  it("ranks for judged queries only, those without a text aside", async () => {
    const run = await bm25Run(collection(["q3", "q1", "no text"]));
    expect([...run.lists.keys()]).toEqual(["q3", "q1"]);
  });

  it("ranks only the documents that are allowed", async () => {
    const run = await bm25Run(collection(), { among: new Map([["q1", new Set(["cat", "bird"])]]), depth: 1 });
    expect(run.lists.get("q1")?.ids).toEqual(["cat"]);
    expect(run.lists.get("cat")?.ids).toEqual(["cat"]);
  });

  it("ranks for the queries that are asked for", async () => {
    const run = await bm25Run(collection(["q1"]), { queries: ["q3", "q3", "cat"] });
    expect([...run.lists.keys()]).toEqual(["q3", "cat"]);
    await expect(bm25Run(collection(), { queries: ["q9"] })).rejects.toMatchObject({
      code: "INVALID_OPTION",
      field: "queries",
      message: 'The collection has no query "q9".',
    });
  });

  it("leaves out the query itself where queries are documents", async () => {
    const run = await bm25Run(collection(), { excludeSelf: true, depth: 1 });
    expect(run.lists.get("cat")?.ids).toEqual(["dog"]);
    expect(run.lists.get("q1")?.ids).toEqual(["dog"]);
  });

  it("hands depth, analyser and parameters on", async () => {
    const run = await bm25Run(collection(), { depth: 1, analyzer: "standard", b: 0 });
    expect(run.lists.get("q1")?.ids).toEqual(["dog"]);
    expect(run.lists.get("cat")?.ids).toEqual(["cat"]);
    expect(run.lists.get("q3")?.ids).toEqual([]);
    await expect(bm25Run(collection(), { depth: 0 })).rejects.toThrow("depth must be a whole number");
    await expect(bm25Run(collection(), { b: 2 })).rejects.toThrow("b must be a number");
  });

  it("reports what it does", async () => {
    const seen: Bm25RunProgress[] = [];
    await bm25Run(collection(), { onProgress: (progress) => seen.push(progress) });
    expect(seen).toContainEqual({ stage: "index", done: 3 });
    expect(seen.at(-1)).toEqual({ stage: "search", done: 4, total: 4 });
  });

  it("stops when the signal is aborted, while indexing and while searching", async () => {
    for (const stage of ["index", "search"] as const) {
      const controller = new AbortController();
      const many = new Map(Array.from({ length: 200_000 }, (_, index) => [`${index}`, "cats"]));
      const run = bm25Run(
        { ...collection(), queries: many },
        {
          signal: controller.signal,
          onProgress: (progress) => {
            if (progress.stage === stage) controller.abort();
          },
        },
      );
      await expect(run).rejects.toMatchObject({ code: "ABORTED" });
    }
  });
});
