import { Contestant } from "../contestants/contestant.mjs";
import { interleave } from "../measure/interleave.mjs";
import { deviation, largestDifference } from "../measure/statistics.mjs";
import { cacheOf, PEER_WAYS, specOf } from "./spec.mjs";

/** A sample repeats a pass for this long: the processor's clock ticks are too coarse for less. */
const SAMPLE_MS = 400;

/**
 * Time for all pairs, tokenisation included: both precisions and every way to call the peer, interleaved.
 * @param {{ root: string, shape: string, times: { rounds: number, attempts: number }, onSample: (name: string) => void }} options
 */
export async function measureSpeed({ root, shape, times, onSample }) {
  /** @type {Record<string, Contestant>} */
  const contestants = {};
  try {
    for (const name of /** @type {const} */ (["float32", "int8", "peer"])) {
      contestants[name] = await Contestant.start({ spec: specOf(root, shape, name), cache: cacheOf(root) });
    }
    const asks = {
      float32: (forMs) => contestants.float32.ask("score", { forMs }),
      int8: (forMs) => contestants.int8.ask("score", { forMs }),
    };
    for (const [way, how] of Object.entries(PEER_WAYS)) {
      asks[way] = (forMs) => contestants.peer.ask("score", { how, forMs });
    }

    const scores = {};
    for (const [name, ask] of Object.entries(asks)) {
      onSample(name);
      scores[name] = (await ask(0)).result;
    }
    const tasks = Object.fromEntries(
      Object.entries(asks).map(([name, ask]) => [
        name,
        async () => {
          const sample = await ask(SAMPLE_MS);
          return { value: sample.times, cpuMs: sample.cpuMs };
        },
      ]),
    );
    const samples = await interleave(tasks, { ...times, onSample });
    const ways = Object.fromEntries(
      Object.entries(samples).map(([name, { values, ...counts }]) => [
        name,
        { times: values.flat(), samples: values.length, ...counts },
      ]),
    );
    return {
      ways,
      difference: {
        float32: largestDifference(scores.float32, scores["one call"]),
        int8: largestDifference(scores.int8, scores.float32),
        deviation: deviation(scores.float32),
      },
    };
  } finally {
    for (const contestant of Object.values(contestants)) await contestant.stop();
  }
}
