import { foreignShare, machineTimes } from "./machine-load.mjs";

/** A sample is dropped when other processes took more than this share of the machine meanwhile. */
export const FOREIGN_LIMIT = 0.07;

/**
 * cpuMs: processor time that the sample used; finish: work to be done after it, outside the measurement.
 * @template T
 * @typedef {{ value: T, cpuMs: number, finish?: () => Promise<void> }} Sample
 */

/**
 * Runs tasks in rounds, each round in a new random order and one task at a time, until every task has
 * `rounds` undisturbed samples or was tried `attempts` times. Where undisturbed samples stay too few, the
 * least disturbed of the dropped ones make up for them.
 *
 * @template T
 * @param {Record<string, () => Promise<Sample<T>>>} tasks
 * @param {{ rounds: number, attempts: number, onSample?: (name: string) => void }} options
 * @returns {Promise<Record<string, { values: T[], dropped: number, disturbed: number }>>}
 *   dropped: samples thrown away; disturbed: samples among `values` that should have been
 */
export async function interleave(tasks, { rounds, attempts, onSample }) {
  const entries = Object.entries(tasks).map(([name, run]) => ({ name, run, clean: [], noisy: [] }));
  for (;;) {
    const open = entries.filter(
      ({ clean, noisy }) => clean.length < rounds && clean.length + noisy.length < attempts,
    );
    if (open.length === 0) break;
    for (const { name, run, clean, noisy } of shuffle(open)) {
      onSample?.(name);
      const before = machineTimes();
      const parentBefore = process.cpuUsage();
      const { value, cpuMs, finish } = await run();
      const { user, system } = process.cpuUsage(parentBefore);
      const foreign = foreignShare(before, cpuMs + (user + system) / 1000);
      await finish?.();
      (foreign > FOREIGN_LIMIT ? noisy : clean).push({ value, foreign });
    }
  }
  return Object.fromEntries(
    entries.map(({ name, clean, noisy }) => {
      const disturbed = Math.min(rounds - clean.length, noisy.length);
      const used = noisy.sort((a, b) => a.foreign - b.foreign).slice(0, disturbed);
      const values = [...clean, ...used].map(({ value }) => value);
      return [name, { values, dropped: noisy.length - disturbed, disturbed }];
    }),
  );
}

function shuffle(items) {
  const copy = items.slice();
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}
