// Step 4: English collections (default: every one), against BM25, as a Markdown table.
// node recipes/default/evaluate.mjs MODEL_FOLDER [float32|int8] [COLLECTION…]
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
  ["liveqa-med", "test", "judged"],
  ["epqa", "test", "judged"],
  ["cosqa", "test", "bm25"],
  ["policyqa", "test", "judged"],
  ["stackfaq", "test", "bm25"],
  ["cranfield", "test", "bm25"],
  ["arguana", "test", "bm25"],
];

/** nDCG@10 of ms-marco-MiniLM-L6-v2 as published: DL 2019 over the track's first 1,000, the others over BM25's first 100. */
const MINILM = { "trec-dl19": 0.743, scifact: 0.688, nfcorpus: 0.349 };

const [model, precision = "float32", ...named] = process.argv.slice(2);
const sets = named.length === 0 ? SETS : SETS.filter(([set]) => named.includes(set));
let sum = 0;
console.log("| collection | queries | BM25 | random | model | difference | p | won/lost | MiniLM-L6 |");
for (const [set, qrels, kind] of sets) {
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
  const row = [
    set,
    systems[0].measured.queries.length,
    value(0).toFixed(4),
    value(1).toFixed(4),
    value(2).toFixed(4),
    `${difference >= 0 ? "+" : "−"}${Math.abs(difference).toFixed(4)}`,
    p.toFixed(3),
    `${wins}/${losses}`,
    MINILM[set]?.toFixed(3) ?? "",
  ];
  console.log(`| ${row.join(" | ")} |`);
}
console.log(`mean difference ${(sum / sets.length).toFixed(4)} over ${sets.length} collections`);
