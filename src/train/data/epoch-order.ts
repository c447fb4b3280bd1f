import { Random } from "../../numbers/random.js";
import type { DatasetSource } from "./dataset.js";
import { deriveSeed } from "./derive-seed.js";

/**
 * The examples of an epoch in the order in which they are read; the same for the same seed, whatever came
 * before. A source of n examples and weight w gives n·w of them (rounded so that no epoch's error adds up):
 * it is gone through in one shuffled round after the other, and every epoch goes on where the last stopped,
 * so that also a small weight reaches every example in time.
 */
export function epochOrder(sources: readonly DatasetSource[], seed: number, epoch: number): Uint32Array {
  const drawn = sources.flatMap((source, place) => draw(source, place, seed, epoch));
  const order = new Uint32Array(drawn.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of drawn) {
    order.set(part, at);
    at += part.length;
  }
  return new Random(deriveSeed(seed, "epoch", epoch)).shuffle(order);
}

/** Examples of an epoch, of which there are more or fewer by one in another. */
export function epochSize(sources: readonly DatasetSource[], epoch: number): number {
  return sources.reduce((sum, source) => sum + taken(source, epoch + 1) - taken(source, epoch), 0);
}

/** How many a source has given before an epoch begins. */
function taken({ numbers, weight }: DatasetSource, epoch: number): number {
  return Math.floor(epoch * weight * numbers.length);
}

function draw(source: DatasetSource, place: number, seed: number, epoch: number): Uint32Array[] {
  const { length } = source.numbers;
  const parts: Uint32Array[] = [];
  const end = taken(source, epoch + 1);
  for (let at = taken(source, epoch); at < end; ) {
    const round = Math.floor(at / length);
    const stop = Math.min(end, (round + 1) * length);
    const shuffled = new Random(deriveSeed(seed, "source", place, round)).shuffle(source.numbers.slice());
    parts.push(shuffled.subarray(at - round * length, stop - round * length));
    at = stop;
  }
  return parts;
}
