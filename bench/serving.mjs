// node bench/serving.mjs [--shape mini] [--precision float32] [--seconds 15] [--rounds 3] [--poisson 240]: `rankwright serve`
// over loopback, with requests of 100 documents, against the library alone on the same pairs: throughput, many small
// requests, latency at 70 % of it and at 300 %. `--poisson 0` measures throughput alone, `--saturation PAIRS_PER_SECOND`
// latency alone, with `--bounded` only where waiting is. Needs `npm run build` first.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { interleave } from "./measure/interleave.mjs";
import { median, quantile } from "./measure/statistics.mjs";
import { Random } from "./models/random.mjs";
import { SHAPES } from "./models/shapes.mjs";
import { megabytes, number, table } from "./report/table.mjs";
import { closedLoop, openLoop, rate } from "./serving/requests.mjs";
import { startServer } from "./serving/start-server.mjs";

const MAKE = fileURLToPath(new URL("models/make.mjs", import.meta.url));
const LIBRARY = fileURLToPath(new URL("serving/library.mjs", import.meta.url));
/** Requests of 100 documents under way at a time. */
const LARGE_CLIENTS = 4;
const SMALL = { clients: 32, documents: 5 };
/** How long a request may wait where waiting is bounded, in times that one takes alone. */
const WAIT = 0.75;
const TARGETS = { server: 0.95, small: 0.9, latency: 2, refusalMs: 50 };

const { values } = parseArgs({
  options: {
    shape: { type: "string", default: "mini" },
    precision: { type: "string", default: "float32" },
    seconds: { type: "string", default: "15" },
    rounds: { type: "string", default: "3" },
    poisson: { type: "string", default: "240" },
    saturation: { type: "string" },
    bounded: { type: "boolean", default: false },
  },
});
const { shape, precision } = values;
const [seconds, rounds, poisson] = [values.seconds, values.rounds, values.poisson].map(Number);
const root = resolve(process.env.RANKWRIGHT_BENCH_DIR ?? join(tmpdir(), "rankwright-bench"));
execFileSync(process.execPath, [MAKE, root, shape], { stdio: "inherit" });
const folder = join(root, shape);
const workload = join(root, "workload.json");
const { query, documents } = JSON.parse(readFileSync(workload, "utf8"));
const bodyOf = (of) => Buffer.from(JSON.stringify({ query, documents: of }));
const large = bodyOf(documents);
const small = Array.from({ length: documents.length / SMALL.documents }, (_, i) =>
  bodyOf(documents.slice(i * SMALL.documents, (i + 1) * SMALL.documents)),
);
const flags = ["--model", folder, "--precision", precision];

console.log(`${SHAPES[shape].title}, ${precision}, requests of ${documents.length} documents\n`);
const server = await startServer(flags);
const url = `${server.url}/v1/rerank`;
await closedLoop({ url, bodies: [large], clients: 1, seconds: 2 });
const speed = values.saturation === undefined ? await throughput() : Number(values.saturation);
const alone = (await closedLoop({ url, bodies: [large], clients: 1, seconds })).map(({ ms }) => ms);
const free = median(alone);
console.log(`\none request at a time: median ${number(free)} ms\n`);
const saturation = speed / documents.length;
if (poisson > 0 && !values.bounded)
  await load("70 %, no bound on waiting", server, 0.7 * saturation, poisson);
await server.stop();
if (poisson === 0) process.exit();
console.log(`  ${queueInTheory(0.7)}`);
// A request that waits so long, finds batches under way and takes its own time is answered in twice that time.
const wait = Math.max(1, Math.round(WAIT * free));
const bounded = await startServer([...flags, "--max-queue-ms", String(wait)]);
await closedLoop({ url: `${bounded.url}/v1/rerank`, bodies: [large], clients: 1, seconds: 2 });
await load(`70 %, --max-queue-ms ${wait}`, bounded, 0.7 * saturation, poisson);
await load(`300 %, --max-queue-ms ${wait}`, bounded, 3 * saturation, poisson / 2);
await bounded.stop();

/** Pairs a second: the library, the server with large requests, the server with many small ones. */
async function throughput() {
  const library = await startLibrary();
  const served = (bodies, clients, size) => async () => {
    const before = await server.figures();
    const outcomes = await closedLoop({ url, bodies, clients, seconds });
    const { cpu } = await server.figures();
    if (outcomes.some(({ status }) => status !== 200)) throw new Error("the server refused a request");
    return { value: size * rate(outcomes, seconds), cpuMs: 1000 * (cpu - before.cpu) };
  };
  const samples = await interleave(
    {
      library: () => library.measure(),
      server: served([large], LARGE_CLIENTS, documents.length),
      small: served(small, SMALL.clients, SMALL.documents),
    },
    { rounds, attempts: Math.ceil(1.7 * rounds) },
  );
  library.stop();
  const speeds = Object.fromEntries(Object.entries(samples).map(([name, { values }]) => [name, values]));
  const row = (title, name, against, target) => {
    const ratio = median(speeds[name]) / median(speeds[against]);
    const verdict = target === undefined ? "" : `${target}${ratio < target ? " MISS" : ""}`;
    const { dropped, disturbed } = samples[name];
    return [
      title,
      number(median(speeds[name])),
      `${number(Math.min(...speeds[name]))}–${number(Math.max(...speeds[name]))}`,
      ratio.toFixed(3),
      verdict,
      `${dropped}${disturbed > 0 ? ` !${disturbed}` : ""}`,
    ];
  };
  const rows = [
    row(`library, ${LARGE_CLIENTS} calls at a time`, "library", "library"),
    row(`server, ${LARGE_CLIENTS} clients`, "server", "library", TARGETS.server),
    row(`server, ${SMALL.clients} clients × ${SMALL.documents} documents`, "small", "server", TARGETS.small),
  ];
  console.log(table(["", "pairs/s", "range", "ratio", "target", "dropped"], rows));
  return median(speeds.server);
}

async function load(title, target, perSecond, forSeconds) {
  const before = await target.figures();
  const source = new Random("arrivals");
  const random = () => source.next();
  const job = { url: `${target.url}/v1/rerank`, body: large, perSecond, seconds: forSeconds, random };
  const outcomes = await openLoop(job);
  const after = await target.figures();
  const times = (status) => outcomes.filter((each) => each.status === status).map(({ ms }) => ms);
  const [accepted, refused] = [times(200), times(429)];
  const others = outcomes.length - accepted.length - refused.length;
  const at = (numbers, share) => (numbers.length === 0 ? "–" : number(quantile(numbers, share)));
  const ratio = quantile(accepted, 0.99) / free;
  console.log(
    `${title}: ${outcomes.length} requests, ${accepted.length} answered, ${refused.length} refused with 429, ${others} else
  answered: p50 ${at(accepted, 0.5)}, p90 ${at(accepted, 0.9)}, p99 ${at(accepted, 0.99)} ms = ${ratio.toFixed(2)} × the median alone (target ${TARGETS.latency})${ratio > TARGETS.latency ? " MISS" : ""}
  refused: p50 ${at(refused, 0.5)}, p99 ${at(refused, 0.99)}, slowest ${at(refused, 1)} ms (target ${TARGETS.refusalMs})
  memory ${megabytes(before.memory)} MB before, ${megabytes(after.memory)} after`,
  );
}

/** What a queue with requests of one size, served one after the other, cannot beat without refusing any (M/D/1). */
function queueInTheory(/** @type {number} */ share) {
  const source = new Random("theory");
  const stays = [];
  for (let i = 0, wait = 0; i < 1e6; i++) {
    stays.push(wait + 1);
    wait = Math.max(0, wait + 1 + Math.log(1 - source.next()) / share);
  }
  const [middle, late] = [0.5, 0.99].map((p) => quantile(stays, p).toFixed(1));
  return `(first come, first served, without refusing any, in theory: p50 ${middle}, p99 ${late} × the time of one)`;
}

async function startLibrary() {
  const child = spawn(process.execPath, [LIBRARY, folder, precision, workload, String(LARGE_CLIENTS)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  return {
    async measure() {
      child.stdin.write(`${seconds}\n`);
      const { rate, cpuMs } = JSON.parse((await lines.next()).value);
      return { value: rate, cpuMs };
    },
    stop: () => child.stdin.end(),
  };
}
