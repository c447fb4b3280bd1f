// Step 3: every English collection, against BM25. node recipes/default/evaluate.mjs MODEL_FOLDER [int8]
import { join } from "node:path";
import { evaluate, judgedCandidates, openCollection, readRun } from "../../dist/evaluate/index.js";
import { loadReranker } from "../../dist/load.js";
import { bm25Run } from "../../dist/retrieve/index.js";
import { DATA } from "./places.mjs";

const SETS = [
  ["trec-dl19", "full", "run"],
  ["trec-dl20", "full", "run"],
  ["scifact", "test", "bm25"],
  ["nfcorpus", "test", "bm25"],
  ["arguana", "test", "bm25"],
  ["liveqa-med", "test", "judged"],
  ["epqa", "test", "judged"],
  ["cosqa", "test", "bm25"],
  ["policyqa", "test", "judged"],
  ["stackfaq", "test", "bm25"],
  ["cranfield", "test", "bm25"],
];

const [model, precision = "float32"] = process.argv.slice(2);
let sum = 0;
for (const [set, qrels, kind] of SETS) {
  const collection = await openCollection(join(DATA, "test", set), { qrels });
  const run =
    kind === "run"
      ? await readRun(join(DATA, "test", set, "runs/BM25.trec"))
      : await bm25Run(
          collection,
          kind === "judged" ? { depth: 1e6, among: collection.qrels } : { depth: 101 },
        );
  const firstStage = kind === "judged" ? judgedCandidates(run, collection.qrels) : run;
  const contestants = [{ name: "model", open: () => loadReranker(model, { precision }) }];
  const depth = kind === "judged" ? 1e6 : 100;
  const { systems, comparisons, primary } = await evaluate(collection, firstStage, contestants, {
    depth,
    absent: "drop",
  });
  const value = (i) => systems[i].measured.means.get(primary.name);
  const { difference, p, wins, losses } = comparisons[0];
  sum += difference;
  const ms = systems[2].work.latency.p50.toFixed(1);
  console.log(
    `${set.padEnd(12)} BM25 ${value(0).toFixed(4)}  model ${value(2).toFixed(4)}  ${difference >= 0 ? "+" : ""}${difference.toFixed(4)}  p ${p.toFixed(3)}  ${wins}/${losses}  ${ms} ms`,
  );
}
console.log(`mean difference ${(sum / SETS.length).toFixed(4)} over ${SETS.length} collections`);
