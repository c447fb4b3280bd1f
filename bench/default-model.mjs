// node bench/default-model.mjs: how long the model that comes with the package takes for 100 passages of about 90 tokens.
// The passages are pieces of this project's own documentation. Needs `npm run build` first.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadReranker } from "../dist/index.js";

const DOCS = join(import.meta.dirname, "../docs");
const WORDS = 48;
const ROUNDS = 41;

const pages = readdirSync(DOCS)
  .filter((name) => name.endsWith(".md"))
  .sort();
const words = pages.flatMap((name) => readFileSync(join(DOCS, name), "utf8").split(/\s+/)).filter(Boolean);
const documents = Array.from({ length: 100 }, (_, i) => words.slice(i * WORDS, (i + 1) * WORDS).join(" "));
const query = "how do I train a small cross-encoder on my own data";

for (const precision of ["int8", "float32"]) {
  const reranker = await loadReranker(undefined, { precision });
  const times = [];
  let tokens = 0;
  for (let round = -5; round < ROUNDS; round++) {
    const started = performance.now();
    const { usage } = await reranker.rerank({ query, documents });
    if (round >= 0) times.push(performance.now() - started);
    tokens = usage.tokens;
  }
  await reranker.close();
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(share * (times.length - 1))].toFixed(1);
  console.log(
    `${precision.padEnd(8)} ${Math.round(tokens / 100)} tokens a pair, median ${at(0.5)} ms (fastest ${at(0)}, 90 % within ${at(0.9)})`,
  );
}
