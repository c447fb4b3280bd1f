// node bench/trec-eval.mjs: `rankwright measure` against trec_eval and its Python binding, as whole processes:
// start, reading both files, measuring, printing. See README.md in this folder for where the peers come from.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./measure/statistics.mjs";

const QUERIES = 1000;
const DEPTH = 1000;
const JUDGED = 60;
const ROUNDS = 9;

const root = resolve(process.env.RANKWRIGHT_BENCH_DIR ?? join(tmpdir(), "rankwright-bench"));
const run = join(root, "big.trec");
const qrels = join(root, "big.qrels");
mkdirSync(root, { recursive: true });
if (!existsSync(run) || !existsSync(qrels)) makeFiles();

const cli = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const python = process.env.PYTHON ?? "python3";
const BINDING = `
import pytrec_eval, sys
with open(sys.argv[1]) as f: qrels = pytrec_eval.parse_qrel(f)
with open(sys.argv[2]) as f: run = pytrec_eval.parse_run(f)
values = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut.10", "map"}).evaluate(run)
for name in ("ndcg_cut_10", "map"): print(name, pytrec_eval.compute_aggregated_measure(name, [v[name] for v in values.values()]))
`;
const CONTESTANTS = [
  [
    "rankwright",
    process.execPath,
    [cli, "measure", "--qrels", qrels, "--run", run, "--measures", "nDCG@10,AP"],
  ],
  ["trec_eval", process.env.TREC_EVAL ?? "trec_eval", ["-m", "ndcg_cut.10", "-m", "map", qrels, run]],
  ["pytrec_eval", python, ["-c", BINDING, qrels, run]],
].filter(([name, command, args]) => {
  const { status, error, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) console.log(`${name} is left out: ${error?.message ?? stderr.trim().split("\n").at(-1)}`);
  return status === 0;
});

/** @type {Map<string, number[]>} */
const seconds = new Map(CONTESTANTS.map(([name]) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, command, args] of CONTESTANTS) {
    const begin = performance.now();
    spawnSync(command, args);
    seconds.get(name).push((performance.now() - begin) / 1000);
  }
}
const ours = median(seconds.get("rankwright"));
console.log(
  `\n${QUERIES} queries × ${DEPTH} documents, nDCG@10 and AP, median of ${ROUNDS} whole processes\n`,
);
for (const [name, values] of seconds) {
  const ratio =
    name === "rankwright" ? "" : `   rankwright is ${(median(values) / ours).toFixed(2)} times as fast`;
  console.log(`${name.padEnd(12)} ${median(values).toFixed(3)} s${ratio}`);
}

/** A run of a million lines and its judgments, the same on every machine. */
function makeFiles() {
  let state = 1;
  // Park and Miller's minimal standard generator: good enough to scatter ids.
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const lines = [];
  const judgments = [];
  for (let q = 0; q < QUERIES; q++) {
    const ids = new Set();
    while (ids.size < DEPTH + JUDGED) ids.add(Math.floor(random() * 8_841_823));
    const documents = [...ids];
    let score = 50;
    documents.slice(0, DEPTH).forEach((id, i) => {
      score -= random() * 0.04;
      lines.push(`${1_000_000 + q} Q0 ${id} ${i + 1} ${score.toFixed(6)} bm25`);
    });
    // Half of the judged documents are among the retrieved.
    for (const id of documents.slice(DEPTH - JUDGED / 2, DEPTH + JUDGED / 2)) {
      judgments.push(`${1_000_000 + q} 0 ${id} ${Math.floor(random() * 4)}`);
    }
  }
  writeFileSync(run, `${lines.join("\n")}\n`);
  writeFileSync(qrels, `${judgments.join("\n")}\n`);
}
