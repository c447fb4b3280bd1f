import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { Contestant } from "../contestants/contestant.mjs";
import { interleave } from "../measure/interleave.mjs";
import { cacheOf, PEER_WAYS, specOf } from "./spec.mjs";

/** Starts that are compared; `fresh` ones find no converted model and make it. */
const STARTS = {
  float32: { contestant: "float32", fresh: false },
  int8: { contestant: "int8", fresh: false },
  peer: { contestant: "peer", fresh: false },
  "float32, first ever": { contestant: "float32", fresh: true },
  "int8, first ever": { contestant: "int8", fresh: true },
};

/**
 * Fresh processes up to their first score of one pair. The files are in the system's page cache.
 * @param {{ root: string, shape: string, times: { rounds: number, attempts: number }, onSample: (name: string) => void }} options
 */
export async function measureStarts({ root, shape, times, onSample }) {
  const tasks = Object.fromEntries(
    Object.entries(STARTS).map(([name, start]) => [
      name,
      async () => {
        const { contestant, finish } = await startFresh({ root, shape, ...start });
        const first = await contestant.ask("score", { how: PEER_WAYS["one call"], documents: 1 });
        const { startMs, importMs, loadMs, cpuMs } = contestant.startup;
        const value = { startMs, importMs, loadMs, firstMs: first.times[0] };
        return { value, cpuMs: cpuMs + first.cpuMs, finish };
      },
    ]),
  );
  // Fills the cache for those that are not to convert anything.
  for (const name of ["float32", "int8"]) await (await tasks[name]()).finish();
  return interleave(tasks, { ...times, onSample });
}

const MEMORY = {
  ...STARTS,
  peer: { ...STARTS.peer, how: PEER_WAYS["one call"] },
  "peer, one pair a call": { ...STARTS.peer, how: PEER_WAYS["one pair a call"] },
};

/**
 * Bytes that were resident at most in a fresh process that loads a model and scores all pairs once.
 * @param {{ root: string, shape: string, onSample: (name: string) => void }} options
 * @returns {Promise<Record<string, number>>}
 */
export async function measureMemory({ root, shape, onSample }) {
  const peaks = {};
  for (const [name, { how, ...start }] of Object.entries(MEMORY)) {
    onSample(name);
    const { contestant, finish } = await startFresh({ root, shape, ...start });
    await contestant.ask("score", { how });
    peaks[name] = (await contestant.ask("peak")).peakBytes;
    await finish();
  }
  return peaks;
}

async function startFresh({ root, shape, contestant: name, fresh }) {
  const cache = fresh ? await mkdtemp(join(root, "fresh-")) : cacheOf(root);
  const contestant = await Contestant.start({ spec: specOf(root, shape, name), cache });
  const finish = async () => {
    await contestant.stop();
    if (fresh) await rm(cache, { recursive: true, force: true });
  };
  return { contestant, finish };
}
