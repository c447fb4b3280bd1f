// Step 3: goes back part of the way, makes probabilities of the scores, and stores the weights in float16.
// Back: what training adds to the lexical score that the model started from is counted less. It was learned on other texts
// than users have; halfway between start and end a model ranks better on those (Wortsman et al., 2109.01903).
// Probabilities: logistic regression on held-out lists, of relevance on the score and on what is known of the query alone: a listwise loss
// leaves open how high the scores of a query are as a whole.
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { loadReranker } from "../../dist/load.js";
import { openLexicalFeatures } from "../../dist/models/lexical/open-features.js";
import { PAIR_FEATURES } from "../../dist/models/lexical/pair-features.js";
import { openCheckpoint, writeSafetensors } from "../../dist/models/safetensors/index.js";
import { loadTokenizer, PairEncoder } from "../../dist/text/index.js";
import { openDataset, splitByHash } from "../../dist/train/index.js";
import { say, WORK } from "./places.mjs";
import { RUNS } from "./runs.mjs";

const LISTS = 2000;
const QUERY_FEATURES = ["queryLength", "queryWeight"].map((name) => PAIR_FEATURES.indexOf(name));

const { name, from: start, weights, holdOut, blend } = RUNS.at(-1);
const trained = join(WORK, name);
const blended = join(WORK, `${name}-blended`);
const out = join(WORK, "tiny-en");

await rewrite(trained, blended, "F32", await blending(join(WORK, start)));
const rows = await readRows(blended, await heldOut());
const [slope, ...rest] = logisticRegression(rows);
const [bias] = rest.splice(-1);
say(
  `probability = σ(${slope.toFixed(4)} · score + ${rest.map((c) => c.toFixed(3)).join(", ")} · query + ${bias.toFixed(3)})`,
);
for (const [stage, of] of [
  ["before", ({ x }) => x[0]],
  ["after", ({ x }) => dot(x, [slope, ...rest, bias])],
]) {
  say(`expected calibration error ${stage}: ${calibrationError(rows, of).toFixed(4)}`);
}
await rewrite(blended, out, "F16", (tensor, data) => {
  if (tensor === "classifier.out_proj.weight") return data.map((value) => slope * value);
  if (tensor === "classifier.out_proj.bias") return data.map((value) => slope * value + bias);
  if (tensor !== "classifier.shortcut.weight") return data;
  return data.map((value, i) => slope * value + (rest[QUERY_FEATURES.indexOf(i)] ?? 0));
});
say(`${out}: the model`);
process.exit(0);

/**
 * What training changed in the shortcut, and the head that it made, each as much as `blend` says. The soft matches at the end
 * began as those of random embeddings; trained ones weigh more, so their start counts half.
 */
async function blending(start) {
  const checkpoint = await openCheckpoint(start);
  const before = await checkpoint.read("classifier.shortcut.weight");
  await checkpoint.close();
  before.fill(0.5 * before.at(-1), PAIR_FEATURES.length);
  return (tensor, data) => {
    if (tensor === "classifier.shortcut.weight") {
      return data.map((value, i) => (1 - blend) * before[i] + blend * value);
    }
    return tensor.startsWith("classifier.out_proj.") ? data.map((value) => blend * value) : data;
  };
}

async function heldOut() {
  const sources = Object.keys(weights).map((source) => ({ file: join(WORK, "data", `${source}.jsonl.gz`) }));
  const { validation } = splitByHash(await openDataset(sources, { skipInvalid: 1000 }), holdOut);
  const all = [...validation.entries()].map(({ example }) => example);
  const step = Math.max(1, all.length / LISTS);
  return Array.from({ length: Math.min(LISTS, all.length) }, (_, i) => all[Math.floor(i * step)]);
}

/** For each pair [score, what is known of its query, 1], and whether it is relevant. */
async function readRows(folder, lists) {
  const model = await loadReranker(folder);
  const checkpoint = await openCheckpoint(folder);
  const vocabSize = checkpoint.info("rankwright.rarity").shape[0];
  const features = await openLexicalFeatures(folder, checkpoint, { vocabSize });
  await checkpoint.close();
  const encoder = new PairEncoder(await loadTokenizer(folder), { maxTokens: 512 });
  const rows = [];
  for (const { query, documents, targets } of lists) {
    const { results } = await model.rerank({ query, documents });
    const [sequence] = encoder.encodeDocument(encoder.encodeQuery(query), documents[0]).sequences;
    const pair = new Float32Array(PAIR_FEATURES.length);
    const tokens = features.names.tokens.map(() => new Int32Array(sequence.ids.length));
    features.write(sequence, tokens, pair);
    const known = QUERY_FEATURES.map((feature) => pair[feature]);
    for (const { index, score } of results)
      rows.push({ x: [score, ...known, 1], y: targets[index] > 0 ? 1 : 0 });
  }
  await model.close();
  say(`${rows.length} pairs of ${lists.length} held-out lists`);
  return rows;
}

/** Newton's method on the log-loss with a little decay. */
function logisticRegression(rows) {
  const size = rows[0].x.length;
  let w = new Array(size).fill(0);
  for (let iteration = 0; iteration < 30; iteration++) {
    const g = w.map((c) => 1e-3 * c);
    const h = w.map((_, i) => w.map((_, j) => (i === j ? 1e-3 : 0)));
    for (const { x, y } of rows) {
      const p = sigmoid(dot(x, w));
      for (let i = 0; i < size; i++) {
        g[i] += (p - y) * x[i];
        for (let j = 0; j < size; j++) h[i][j] += p * (1 - p) * x[i] * x[j];
      }
    }
    const step = solve(h, g);
    w = w.map((c, i) => c - step[i]);
    if (Math.max(...step.map(Math.abs)) < 1e-9) break;
  }
  return w;
}

/** Gaussian elimination of a positive definite system. */
function solve(matrix, vector) {
  const rows = matrix.map((row, i) => [...row, vector[i]]);
  for (let i = 0; i < rows.length; i++) {
    for (let k = 0; k < rows.length; k++) {
      if (k === i) continue;
      const factor = rows[k][i] / rows[i][i];
      rows[k] = rows[k].map((value, j) => value - factor * rows[i][j]);
    }
  }
  return rows.map((row, i) => row.at(-1) / row[i]);
}

function calibrationError(rows, of) {
  const bins = Array.from({ length: 10 }, () => ({ p: 0, y: 0 }));
  for (const row of rows) {
    const p = sigmoid(of(row));
    const bin = bins[Math.min(9, Math.floor(10 * p))];
    bin.p += p;
    bin.y += row.y;
  }
  return bins.reduce((sum, { p, y }) => sum + Math.abs(p - y), 0) / rows.length;
}

function dot(a, b) {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function sigmoid(x) {
  return 1 / (1 + Math.exp(-x));
}

/** Copies a model folder, its weights changed. */
async function rewrite(from, to, dtype, change) {
  mkdirSync(to, { recursive: true });
  for (const file of ["config.json", "tokenizer.json", "tokenizer_config.json"]) {
    copyFileSync(join(from, file), join(to, file));
  }
  const checkpoint = await openCheckpoint(from);
  const tensors = [];
  for (const name of checkpoint.names()) {
    tensors.push({
      name,
      shape: checkpoint.info(name).shape,
      data: change(name, await checkpoint.read(name)),
    });
  }
  await checkpoint.close();
  await writeSafetensors(join(to, "model.safetensors"), tensors, { format: "pt" }, { dtype });
}
