// node bench/int8-drift.mjs MODEL_DIR PAIRS.jsonl
// How far int8 scores drift from float32 on your own pairs, one {"query": "…", "text": "…"} a line.
// An encoder without a classification head is given a random one: the drift then is that of its
// first-token vector in a random direction.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadReranker } from "../dist/index.js";
import { openCheckpoint, writeSafetensors } from "../dist/models/index.js";
import { Random } from "./models/random.mjs";

const [model, pairsFile] = process.argv.slice(2);
if (pairsFile === undefined) {
  console.error("usage: node bench/int8-drift.mjs MODEL_DIR PAIRS.jsonl");
  process.exit(2);
}
const scratch = mkdtempSync(join(tmpdir(), "rankwright-drift-"));
try {
  const folder = await withHead(model);
  const byQuery = new Map();
  for (const line of readFileSync(pairsFile, "utf8").split("\n").filter(Boolean)) {
    const { query, text } = JSON.parse(line);
    byQuery.set(query, [...(byQuery.get(query) ?? []), text]);
  }
  const exact = await scores(folder, "float32", byQuery);
  const quantized = await scores(folder, "int8", byQuery);
  const differences = exact.map((score, i) => score - quantized[i]);
  const spread = deviation(exact);
  console.log(`${exact.length} pairs, ${byQuery.size} queries`);
  console.log(
    `Pearson ${pearson(exact, quantized).toFixed(5)}, Spearman ${pearson(ranks(exact), ranks(quantized)).toFixed(5)}`,
  );
  console.log(
    `difference: root mean square ${share(Math.hypot(...differences) / Math.sqrt(exact.length))}, largest ${share(Math.max(...differences.map(Math.abs)))} of the scores' deviation`,
  );

  function share(value) {
    return `${((100 * value) / spread).toFixed(1)} %`;
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The folder itself, or a copy whose checkpoint has a head. */
async function withHead(folder) {
  const checkpoint = await openCheckpoint(folder);
  const names = checkpoint.names();
  if (names.some((name) => name.startsWith("classifier."))) {
    await checkpoint.close();
    return folder;
  }
  const tensors = [];
  for (const name of names.filter((name) => !name.endsWith("position_ids"))) {
    tensors.push({ name, shape: checkpoint.info(name).shape, data: await checkpoint.read(name) });
  }
  await checkpoint.close();
  const config = JSON.parse(readFileSync(join(folder, "config.json"), "utf8"));
  const head = new Random("head").normal(config.hidden_size, 1);
  tensors.push({ name: "classifier.weight", shape: [1, config.hidden_size], data: head });
  tensors.push({ name: "classifier.bias", shape: [1], data: Float32Array.of(0) });
  await writeSafetensors(join(scratch, "model.safetensors"), tensors, { format: "pt" });
  writeFileSync(join(scratch, "config.json"), JSON.stringify({ ...config, id2label: { 0: "LABEL_0" } }));
  cpSync(join(folder, "tokenizer.json"), join(scratch, "tokenizer.json"));
  return scratch;
}

async function scores(folder, precision, byQuery) {
  const reranker = await loadReranker(folder, { precision });
  const all = [];
  for (const [query, documents] of byQuery) {
    const { results } = await reranker.rerank({ query, documents });
    all.push(...results.toSorted((a, b) => a.index - b.index).map(({ score }) => score));
  }
  await reranker.close();
  return all;
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviation(values) {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

function pearson(a, b) {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((value, i) => (value - ma) * (b[i] - mb))) / (deviation(a) * deviation(b));
}

function ranks(values) {
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
  const result = new Array(values.length);
  order.forEach((index, rank) => {
    result[index] = rank;
  });
  return result;
}
