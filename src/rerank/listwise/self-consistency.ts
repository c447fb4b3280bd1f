import { inParallel } from "../../llm/calls/index.js";
import type { Random } from "../../numbers/random.js";
import { RankwrightError, show } from "../../types/index.js";
import type { Aggregate } from "./borda.js";

export interface ShuffleOptions {
  readonly permutations: number;
  readonly random: Random;
  readonly aggregate: Aggregate;
}

/**
 * Permutation self-consistency: ranks the same documents several times, in parallel, each time but the first in another
 * order, and makes one order of all the rankings. Tang et al., 2310.07712. Without any ranking the order stays.
 *
 * @param rank puts some documents in order, leaving none out; `time` counts from 0; undefined where it could not
 * @param publish told of the order that the rankings so far make, whenever there is one more
 * @throws RankwrightError INVALID_PLUGIN_RESULT
 */
export async function rankShuffled(
  positions: readonly number[],
  { permutations, random, aggregate }: ShuffleOptions,
  rank: (positions: readonly number[], time: number) => Promise<readonly number[] | undefined>,
  publish: (order: readonly number[]) => void,
): Promise<readonly number[]> {
  const shown = Array.from({ length: permutations }, (_, time) =>
    time === 0 ? positions : random.shuffle([...positions]),
  );
  const place = new Map(positions.map((position, index) => [position, index]));
  const rankings = new Array<readonly number[] | undefined>(permutations).fill(undefined);
  let best = positions;
  await inParallel(shown, async (each, time) => {
    const ranked = await rank(each, time);
    // A shuffled order is no opinion.
    if (!ranked) return;
    // By place, and in the order of the shuffles, whichever was done first.
    rankings[time] = ranked.map((position) => place.get(position)!);
    const done = rankings.filter((ranking) => ranking !== undefined);
    const order = done.length === 1 ? done[0]! : aggregate(done);
    checkOrder(order, positions.length);
    best = order.map((index) => positions[index]!);
    publish(best);
  });
  return best;
}

function checkOrder(order: readonly number[], count: number): void {
  const known = new Set(order);
  const whole = order?.length === count && known.size === count;
  if (whole && order.every((item) => Number.isInteger(item) && item >= 0 && item < count)) return;
  throw new RankwrightError(
    "INVALID_PLUGIN_RESULT",
    `aggregate returned ${show(order)}; it must hold each of the ${count} items once.`,
    { field: "aggregate", value: order },
  );
}
