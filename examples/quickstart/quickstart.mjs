// Re-ranks the candidates of a help centre search and prints them before and after.
// Run `npm run quickstart`, or `node quickstart.mjs [query]` once the package is built.
import { readFileSync } from "node:fs";
import { loadReranker } from "../../dist/index.js";

/** @param {string} name */
const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const query = process.argv[2] ?? read("query.txt").trim();
// Eight articles of an invented garden planner, in the order in which a first stage might return them.
const documents = read("documents.jsonl")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const started = performance.now();
const reranker = await loadReranker();
const loaded = performance.now();
const { results, model, scoreScale, timings } = await reranker.rerank({ query, documents });
await reranker.close();

/** @param {string} text @param {number} width */
const cell = (text, width) => (text.length > width ? `${text.slice(0, width - 1)}…` : text).padEnd(width);
/** @param {string | number} rank @param {string} before @param {string} after @param {string} was @param {string} score */
const row = (rank, before, after, was, score) =>
  `${String(rank).padStart(2)}  ${cell(before, 29)}  ${cell(after, 29)}  ${was.padStart(3)}  ${score.padStart(6)}`;

console.log(`\nQuery: ${query}\n`);
console.log(row("", "Before", "After", "was", "score"));
console.log("─".repeat(77));
for (const { rank, index, score, document } of results) {
  console.log(
    row(rank, documents[rank - 1].title, document.title ?? "", String(index + 1), score.toFixed(3)),
  );
}
console.log(`
Model     ${model} (${scoreScale} scores)
Loading   ${(loaded - started).toFixed(1)} ms
Ranking   ${timings.totalMs.toFixed(1)} ms for ${documents.length} candidates
`);
