import type { Document, Reranker, RerankRequest } from "../../../types/index.js";
import type { Collection } from "../../collection/collection.js";
import type { Run } from "../../runs/run.js";

/** Three queries over six documents; the relevant ones hold the query's number as a word. */
export function tinyCollection(): Collection {
  const texts = ["one", "two", "three", "one two", "nothing", "three three"];
  return {
    name: "tiny",
    queries: new Map([
      ["q1", "one"],
      ["q2", "two"],
      ["q3", "three"],
    ]),
    qrels: new Map([
      ["q1", new Map([["d0", 1]])],
      [
        "q2",
        new Map([
          ["d1", 2],
          ["d3", 1],
        ]),
      ],
      ["q3", new Map([["d5", 1]])],
    ]),
    async *documents() {
      for (const [i, text] of texts.entries()) yield { id: `d${i}`, text };
    },
  };
}

/** A first stage that returns all documents for every query, the same way round. */
export function tinyRun(ids = ["d4", "d3", "d2", "d1", "d0", "d5"]): Run {
  const list = { ids, scores: Float64Array.from(ids, (_, i) => 10 - i) };
  return { name: "first", lists: new Map(["q1", "q2", "q3"].map((query) => [query, list])) };
}

/** Scores a document by the share of its words that are the query. */
export function shareReranker(calls: RerankRequest[] = []): Reranker {
  return {
    id: "share",
    scoreScale: "similarity",
    async rerank(request) {
      calls.push(request);
      const results = request.documents
        .map((document, index) => {
          const { text } = document as Document;
          const words = text.split(" ");
          const score = words.filter((word) => word === request.query).length / words.length;
          return { index, score, scored: true, document: document as Document };
        })
        .sort((a, b) => b.score - a.score || a.index - b.index)
        .map((ranked, i) => ({
          ...ranked,
          rank: i + 1,
          evidence: { window: [0, 3] as const, tokensSeen: 3, tokensTotal: 3 + ranked.index },
        }));
      return {
        results,
        model: "share",
        scoreScale: "similarity",
        usage: { pairs: results.length, tokens: 3 * results.length, calls: 0 },
        timings: { totalMs: 1, stages: {} },
        warnings: [{ code: "truncated", message: "cut" }],
      };
    },
    async close() {},
  };
}
