// node bench/soak.mjs [--minutes 30] [--clients 16]: `rankwright serve` under a mixture of good and bad clients: answers are
// compared with the library's, every request must end, and memory must not grow. Needs `npm run build` first.
import { parseArgs } from "node:util";
import { loadReranker } from "../dist/index.js";
import { mean } from "./measure/statistics.mjs";
import { Random } from "./models/random.mjs";
import { proseWords } from "./models/text.mjs";
import { megabytes, table } from "./report/table.mjs";
import { startServer } from "./serving/start-server.mjs";
import { VISITORS } from "./serving/visitors.mjs";

const SAMPLE_MS = 10_000;
/** How often to see whether this process itself gets its turn, and what counts as none. */
const [TICK_MS, STANDSTILL_MS] = [200, 1000];
/** Nothing may take longer: the server's own limits are below that. */
const HUNG_MS = 60_000;
/** Scores of the same pair may differ by batch; docs/library.md. */
const SAME_SCORE = 1e-4;

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "30" }, clients: { type: "string", default: "16" } },
});
const [minutes, clients] = [Number(values.minutes), Number(values.clients)];

const random = new Random("soak");
const prose = proseWords(random);
const query = prose.next().value;
const texts = Array.from({ length: 400 }, () =>
  Array.from({ length: 1 + random.below(8) }, () => prose.next().value).join(" "),
);
const reranker = await loadReranker(undefined, { scores: "probability" });
const { results } = await reranker.rerank({ query, documents: texts });
await reranker.close();
const scores = new Map(results.map(({ index, score }) => [texts[index], score]));

/** @param {readonly string[]} documents @param {readonly { index: number, relevance_score?: number, score?: number }[]} ranking */
function check(documents, ranking) {
  const seen = new Set(ranking.map(({ index }) => index));
  if (seen.size !== documents.length || ranking.length !== documents.length)
    return "an index is lost or doubled";
  for (const { index, relevance_score, score = relevance_score } of ranking) {
    const expected = scores.get(documents[index]);
    if (Math.abs(score - expected) > SAME_SCORE) return `score ${score} for ${expected}`;
  }
  return undefined;
}

const server = await startServer([
  ...["--body-timeout-ms", "3000", "--header-timeout-ms", "3000", "--keep-alive-ms", "2000"],
  ...["--max-queued-tokens", "100000", "--max-body-mb", "2"],
]);
const counts = new Map();
const problems = [];
const samples = [];
const end = performance.now() + 60_000 * minutes;

const start = performance.now();
const minute = () => `${((performance.now() - start) / 60_000).toFixed(2)} min`;

// Where the machine itself stands still, requests come too late and nobody is to blame.
let tick = performance.now();
const standstills = [];
const clock = setInterval(() => {
  const late = performance.now() - tick - TICK_MS;
  if (late > STANDSTILL_MS) standstills.push(`${(late / 1000).toFixed(1)} s before ${minute()}`);
  tick = performance.now();
}, TICK_MS);

async function client(/** @type {number} */ number) {
  const own = new Random(`client ${number}`);
  const names = Object.keys(VISITORS);
  while (performance.now() < end) {
    const name = names[own.below(names.length)];
    const visit = VISITORS[name]({ url: server.url, query, texts, random: own, check });
    let timer;
    const hung = new Promise((resolve) => {
      timer = setTimeout(() => resolve("hung"), HUNG_MS);
    });
    const outcome = await Promise.race([visit, hung]).catch((error) => `threw ${error}`);
    clearTimeout(timer);
    const [kind, expected] = Array.isArray(outcome) ? outcome : [outcome, false];
    if (!expected && problems.length < 50) problems.push(`${name}: ${kind} after ${minute()}`);
    const key = `${name}: ${kind}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
}

async function look() {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const value = (/** @type {string} */ name) =>
    Number(new RegExp(`^${name}(?:{.*})? (.*)$`, "m").exec(text)?.[1]);
  return {
    rss: value("process_resident_memory_bytes"),
    heap: value("nodejs_heap_size_used_bytes"),
    handles: value("nodejs_active_handles_total"),
    lag: value("nodejs_eventloop_lag_max_seconds"),
    underWay: value("reranker_requests_under_way"),
    queued: value("reranker_queue_tokens"),
  };
}

const watching = setInterval(() => {
  look().then(
    (sample) => {
      samples.push(sample);
      if (samples.length % 6 === 0) {
        console.error(
          `${((samples.length * SAMPLE_MS) / 60_000).toFixed(0)} min: memory ${megabytes(sample.rss)} MB, heap ${megabytes(sample.heap)}, handles ${sample.handles}, under way ${sample.underWay}`,
        );
      }
    },
    (error) => problems.push(`metrics: ${error}`),
  );
}, SAMPLE_MS);
await Promise.all(Array.from({ length: clients }, (_, i) => client(i)));
clearInterval(watching);
clearInterval(clock);
// What was cut off must be gone too.
await new Promise((resolve) => setTimeout(resolve, 8000));
const last = await look();
const health = (await fetch(`${server.url}/health`)).status;
await server.stop();

console.log(
  table(
    ["outcome", "times"],
    [...counts].sort().map(([key, count]) => [key, String(count)]),
  ),
);
const thirds = (/** @type {"rss" | "heap" | "handles"} */ name) =>
  [0, 1, 2].map((third) => {
    const size = Math.floor(samples.length / 3);
    return mean(samples.slice(third * size, (third + 1) * size).map((sample) => sample[name]));
  });
console.log(
  `\nmean of each third: memory ${thirds("rss").map(megabytes).join(", ")} MB; heap ${thirds("heap").map(megabytes).join(", ")} MB; handles ${thirds(
    "handles",
  )
    .map((n) => n.toFixed(1))
    .join(", ")}`,
);
console.log(
  `afterwards: health ${health}, under way ${last.underWay}, queued tokens ${last.queued}, handles ${last.handles}, memory ${megabytes(last.rss)} MB, heap ${megabytes(last.heap)} MB`,
);
console.log(
  `longest event loop delay of the server ${Math.max(...samples.map(({ lag }) => lag)).toFixed(2)} s; standstills of this process: ${standstills.join(", ") || "none"}`,
);
console.log(problems.length === 0 ? "nothing unexpected" : `unexpected:\n${problems.join("\n")}`);
process.exitCode = problems.length > 0 || health !== 200 || last.underWay !== 0 || last.queued !== 0 ? 1 : 0;
