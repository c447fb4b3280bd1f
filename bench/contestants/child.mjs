// node child.mjs SPEC: one contestant in a process of its own, driven by the parent's messages.
// SPEC is JSON: { contestant: "ours" | "peer", folder, precision, workload }.
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const spec = JSON.parse(process.argv[2]);
const beforeImport = performance.now();
const { open, openTokenizer } = await import(`./${spec.contestant}.mjs`);
const beforeOpen = performance.now();
const scorer = spec.tokenizerOnly ? undefined : await open(spec);
const opened = performance.now();
const workload = JSON.parse(readFileSync(spec.workload, "utf8"));
const tokenize = spec.tokenizerOnly ? await openTokenizer(spec) : undefined;

const commands = {
  /** Scores all documents, or the first few, again and again for `forMs`, at least once. */
  async score({ how, forMs = 0, documents }) {
    const work = { ...workload, documents: workload.documents.slice(0, documents) };
    return repeat(forMs, () => scorer.score(work, how));
  },
  async tokenize({ forMs }) {
    const { result, ...timing } = await repeat(forMs, () => tokenize(workload));
    return { ...timing, result: result() };
  },
  async peak() {
    return { peakBytes: peakBytes() };
  },
};

/** The duration of each pass, in ms, and the last result. */
async function repeat(forMs, work) {
  const times = [];
  const started = performance.now();
  let result;
  let passStarted = started;
  do {
    result = await work();
    const passEnded = performance.now();
    times.push(passEnded - passStarted);
    passStarted = passEnded;
  } while (passStarted - started < forMs);
  return { times, result };
}

/** Waits until this process computes nothing: ONNX Runtime's threads spin for a while after a run. */
async function settle() {
  for (let i = 0; i < 50; i++) {
    const before = process.cpuUsage();
    await sleep(20);
    const { user, system } = process.cpuUsage(before);
    if (user + system < 2000) return;
  }
}

/**
 * Most memory that was ever resident. Linux carries a parent's maximum over to the processes it starts,
 * except in VmHWM.
 */
function peakBytes() {
  if (process.platform === "linux") {
    const line = readFileSync("/proc/self/status", "utf8").match(/^VmHWM:\s+(\d+) kB/m);
    if (line) return Number(line[1]) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

process.on("message", async ({ command, ...options }) => {
  const before = cpuMs();
  try {
    const reply = await commands[command](options);
    await settle();
    process.send({ ...reply, cpuMs: cpuMs() - before });
  } catch (error) {
    process.send({ error: String(error?.stack ?? error) });
  }
});
process.on("disconnect", () => process.exit(0));
await settle();
process.send({
  ready: true,
  startMs: beforeImport,
  importMs: beforeOpen - beforeImport,
  loadMs: opened - beforeOpen,
  cpuMs: cpuMs(),
});
