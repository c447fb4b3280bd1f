// node bench/cache.mjs [--shape mini] [--precision float32] [--rounds 9]: what a cache of exact scores costs where it
// knows nothing, and brings where it knows all or most of a request's 100 pairs; in memory, and in Redis where there
// is a redis-server. Needs `npm run build` first.
import { execFileSync, spawn, spawnSync } from "node:child_process";
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
const PORT = 6390;
/** Of 100 documents, those that the cache does not know. */
const NEW = 10;

const { values } = parseArgs({
  options: {
    shape: { type: "string", default: "mini" },
    precision: { type: "string", default: "float32" },
    rounds: { type: "string", default: "9" },
  },
});
const { shape, precision } = values;
const rounds = Number(values.rounds);
const root = resolve(process.env.RANKWRIGHT_BENCH_DIR ?? join(tmpdir(), "rankwright-bench"));
execFileSync(process.execPath, [MAKE, root, shape], { stdio: "inherit" });
const { query, documents } = JSON.parse(readFileSync(join(root, "workload.json"), "utf8"));
const folder = join(root, shape);

const redis =
  spawnSync("redis-server", ["--version"]).status === 0
    ? spawn("redis-server", ["--port", String(PORT), "--save", "", "--bind", "127.0.0.1"], {
        stdio: "ignore",
      })
    : undefined;
if (redis) await sleep(500);
let asked = 0;
/** One request's milliseconds. */
const timed = (reranker, change) => async () => {
  const request = change(asked++);
  const began = performance.now();
  await reranker.rerank(request);
  return { value: performance.now() - began, cpuMs: 0 };
};
const fresh = (n) => ({ query: `${query} ${n}`, documents });
const known = () => ({ query, documents });
const mostly = (n) => ({ query, documents: documents.map((text, i) => (i < NEW ? `${text} ${n}` : text)) });

const plain = await loadReranker(folder, { precision });
const memory = await loadReranker(folder, { precision, cache: { memoryMb: 64 } });
const shared =
  redis && (await loadReranker(folder, { precision, cache: { redis: `redis://127.0.0.1:${PORT}` } }));
try {
  const kinds = {
    "without a cache": timed(plain, fresh),
    "memory, knows none": timed(memory, fresh),
    "memory, knows 90": timed(memory, mostly),
    "memory, knows 100": timed(memory, known),
    ...(shared && {
      "Redis, knows none": timed(shared, fresh),
      "Redis, knows 90": timed(shared, mostly),
      "Redis, knows 100": timed(shared, known),
    }),
  };
  for (const one of Object.values(kinds)) await one();
  const samples = await interleave(kinds, { rounds, attempts: Math.ceil(1.7 * rounds) });
  const base = median(samples["without a cache"].values);
  const rows = Object.entries(samples).map(([name, { values: times }]) => [
    name,
    number(median(times)),
    `${number(quantile(times, 0.25))}–${number(quantile(times, 0.75))}`,
    (median(times) / base).toFixed(4),
  ]);
  console.log(`${SHAPES[shape].title}, ${precision}, 100 documents a request\n`);
  console.log(table(["cache", "ms", "quartiles", "of the time without"], rows));
} finally {
  await Promise.all([plain, memory, shared].map((reranker) => reranker?.close()));
  redis?.kill();
}
