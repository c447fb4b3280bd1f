import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RerankRequest } from "../../types/index.js";
import { openJournal } from "./journal.js";
import { type QueryCandidates, rerankQueries } from "./rerank-queries.js";
import { shareReranker } from "./testing/tiny-collection.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "rerank-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const documents = [
  { id: "a", text: "nothing" },
  { id: "b", text: "one" },
];
const queries: QueryCandidates[] = [
  { query: "q1", text: "one", documents },
  { query: "q2", text: "two", documents: [] },
  { query: "q3", text: "nothing", documents },
];

describe("rerankQueries", () => {
  it("gives every candidate its score, in the candidates' order, and what it took", async () => {
    const outcomes = await rerankQueries(shareReranker(), queries);
    expect([...outcomes.keys()]).toEqual(["q1", "q3"]);
    expect(outcomes.get("q1")).toEqual({
      query: "q1",
      ids: ["a", "b"],
      scores: [0, 1],
      ms: expect.any(Number),
      pairs: 2,
      tokens: 6,
      tokensSeen: [3, 3],
      tokensTotal: [3, 4],
      warnings: ["truncated"],
    });
  });

  it("does not ask again what the journal knows, even after an interruption", async () => {
    const path = join(folder, "j.jsonl");
    const controller = new AbortController();
    const interrupted = shareReranker();
    const first = await openJournal(path);
    await expect(
      rerankQueries(
        {
          ...interrupted,
          rerank: (request) =>
            controller.signal.aborted ? Promise.reject(new Error("gone")) : interrupted.rerank(request),
        },
        queries,
        { journal: first, signal: controller.signal, onProgress: () => controller.abort() },
      ),
    ).rejects.toThrow();
    await first.close();

    const calls: RerankRequest[] = [];
    const second = await openJournal(path);
    const seen: number[][] = [];
    const outcomes = await rerankQueries(shareReranker(calls), queries, {
      journal: second,
      onProgress: (...progress) => seen.push(progress),
    });
    await second.close();
    expect(calls.map(({ query }) => query)).toEqual(["nothing"]);
    expect([...outcomes.keys()]).toEqual(["q1", "q3"]);
    expect(seen).toEqual([
      [1, 3, 1],
      [2, 3, 1],
      [3, 3, 1],
    ]);
  });

  it("asks again when a text has changed", async () => {
    const journal = await openJournal(join(folder, "j.jsonl"));
    const calls: RerankRequest[] = [];
    await rerankQueries(shareReranker(calls), queries, { journal });
    const changed = [{ ...queries[0]!, documents: [documents[0]!, { id: "b", text: "one more" }] }];
    await rerankQueries(shareReranker(calls), changed, { journal });
    await journal.close();
    expect(calls.length).toBe(3);
  });
});
