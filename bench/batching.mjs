// node bench/batching.mjs [--shape mini] [--precision float32] [--rounds 7] [--seconds 8]: many small requests at
// once against one large request at a time, on the same pairs and the same loaded model, in pairs per second.
// Batches that requests share should make them equal. Needs `npm run build` first.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { loadReranker } from "../dist/index.js";
import { interleave } from "./measure/interleave.mjs";
import { median, quantile } from "./measure/statistics.mjs";
import { SHAPES } from "./models/shapes.mjs";
import { number, table } from "./report/table.mjs";

const MAKE = fileURLToPath(new URL("models/make.mjs", import.meta.url));
const LARGE = { clients: 1, documents: 100 };
const SMALL = { clients: 32, documents: 5 };
const TARGET = 0.9;
/** The share of a sample's time that passes before it counts. */
const WARM_UP = 0.2;

const { values } = parseArgs({
  options: {
    shape: { type: "string", default: "mini" },
    precision: { type: "string", default: "float32" },
    rounds: { type: "string", default: "7" },
    seconds: { type: "string", default: "8" },
  },
});
const { shape, precision } = values;
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)];
const root = resolve(process.env.RANKWRIGHT_BENCH_DIR ?? join(tmpdir(), "rankwright-bench"));
execFileSync(process.execPath, [MAKE, root, shape], { stdio: "inherit" });
const { query, documents } = JSON.parse(readFileSync(join(root, "workload.json"), "utf8"));

const reranker = await loadReranker(join(root, shape), { precision });
try {
  await reranker.rerank({ query, documents });
  const sample = (kind) => async () => ({ value: await pairsPerSecond(kind), cpuMs: 0 });
  const samples = await interleave(
    { large: sample(LARGE), small: sample(SMALL) },
    { rounds, attempts: Math.ceil(1.7 * rounds) },
  );
  const rows = Object.entries({ large: LARGE, small: SMALL }).map(([name, kind]) => {
    const { values: speeds, dropped, disturbed } = samples[name];
    return [
      `${kind.clients} × ${kind.documents} documents`,
      number(median(speeds)),
      `${number(quantile(speeds, 0.25))}–${number(quantile(speeds, 0.75))}`,
      `${dropped}${disturbed > 0 ? ` !${disturbed}` : ""}`,
    ];
  });
  console.log(`${SHAPES[shape].title}, ${precision}\n`);
  console.log(table(["clients × documents a request", "pairs/s", "quartiles", "dropped"], rows));
  const ratio = median(samples.small.values) / median(samples.large.values);
  const verdict = ratio >= TARGET ? "" : " MISS";
  console.log(`\nsmall / large ${ratio.toFixed(3)} (target ${TARGET})${verdict}`);
} finally {
  await reranker.close();
}

/**
 * Clients that send one request after the other. Counted is from one answer to another, while all clients are
 * at work.
 */
async function pairsPerSecond(/** @type {{ clients: number, documents: number }} */ kind) {
  const answers = [];
  let next = 0;
  let ended = false;
  const client = async () => {
    while (!ended) {
      const own = Array.from({ length: kind.documents }, () => documents[next++ % documents.length]);
      await reranker.rerank({ query, documents: own });
      answers.push(performance.now());
    }
  };
  const started = performance.now();
  const clients = Promise.all(Array.from({ length: kind.clients }, client));
  await Promise.race([clients, sleep(1000 * seconds)]);
  ended = true;
  const stopped = performance.now();
  await clients;
  const warm = started + WARM_UP * (stopped - started);
  const counted = answers.filter((at) => at >= warm && at <= stopped);
  return (1000 * kind.documents * (counted.length - 1)) / (counted.at(-1) - counted[0]);
}
