import { Contestant } from "../contestants/contestant.mjs";
import { interleave } from "../measure/interleave.mjs";
import { cacheOf, specOf } from "./spec.mjs";

const SAMPLE_MS = 400;

/**
 * Time to encode all pairs, without a model, and whether both sides give the same ids.
 * @param {{ root: string, shape: string, times: { rounds: number, attempts: number }, onSample: (name: string) => void }} options
 */
export async function measureTokenization({ root, shape, times, onSample }) {
  const contestants = {};
  try {
    for (const [name, kind] of [
      ["ours", "float32"],
      ["peer", "peer"],
    ]) {
      const spec = { ...specOf(root, shape, kind), tokenizerOnly: true };
      contestants[name] = await Contestant.start({ spec, cache: cacheOf(root) });
    }
    const ids = {};
    const tasks = {};
    for (const [name, contestant] of Object.entries(contestants)) {
      ids[name] = (await contestant.ask("tokenize", { forMs: SAMPLE_MS })).result;
      tasks[name] = async () => {
        const sample = await contestant.ask("tokenize", { forMs: SAMPLE_MS });
        return { value: sample.times, cpuMs: sample.cpuMs };
      };
    }
    const samples = await interleave(tasks, { ...times, onSample });
    return {
      ours: samples.ours.values.flat(),
      peer: samples.peer.values.flat(),
      dropped: samples.ours.dropped + samples.peer.dropped,
      disturbed: samples.ours.disturbed + samples.peer.disturbed,
      differing: ids.ours.filter((row, i) => row.join() !== ids.peer[i].join()).length,
    };
  } finally {
    for (const contestant of Object.values(contestants)) await contestant.stop();
  }
}
