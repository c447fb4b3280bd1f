// Does re-ranking help in this help centre? BM25, then the built-in model and a reranker of our own.
// Run `node examples/help-centre/evaluate.mjs` once the package is built.
import { fileURLToPath } from "node:url";
import { evaluate, openCollection, parseMeasures } from "../../dist/evaluate/index.js";
import { loadReranker } from "../../dist/index.js";
import { bm25Run } from "../../dist/retrieve/index.js";

/** Anything with a `rerank` method can take part: this one believes that short answers are good answers. */
const shortestFirst = {
  id: "shortest-first",
  scoreScale: "similarity",
  async rerank({ documents }) {
    const results = documents
      .map((document, index) => ({ index, document, score: 1 / (1 + document.text.length), scored: true }))
      .sort((a, b) => b.score - a.score)
      .map((ranked, i) => ({ ...ranked, rank: i + 1 }));
    const usage = { pairs: documents.length, tokens: 0, calls: 0 };
    const timings = { totalMs: 0, stages: {} };
    return { results, model: "shortest-first", scoreScale: "similarity", usage, timings, warnings: [] };
  },
  async close() {},
};

const collection = await openCollection(fileURLToPath(new URL(".", import.meta.url)));
const firstStage = await bm25Run(collection);
const { systems, comparisons, measures } = await evaluate(
  collection,
  firstStage,
  [
    { name: "built-in", open: () => loadReranker() },
    { name: "shortest first", open: async () => shortestFirst },
  ],
  { measures: parseMeasures("nDCG@10,RR@10") },
);

console.log(`${"".padEnd(16)}${measures.map(({ name }) => name.padStart(9)).join("")}`);
for (const { name, measured } of systems) {
  const values = measures.map((measure) => measured.means.get(measure.name)?.toFixed(4).padStart(9));
  console.log(`${name.padEnd(16)}${values.join("")}`);
}
for (const { name, difference, pHolm, wins, losses } of comparisons) {
  const better = difference > 0 ? "better" : "worse";
  console.log(
    `\n${name} is ${Math.abs(difference).toFixed(4)} ${better} than BM25 by ${measures[0]?.name} ` +
      `(p = ${pHolm.toFixed(3)}; ${wins} queries won, ${losses} lost)`,
  );
}
