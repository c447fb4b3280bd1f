import fc from "fast-check";
import { expect, it } from "vitest";
import { PairQueue, type PiecePair } from "./pair-queue.js";

const pair = (left: number, count: number): PiecePair => ({ left, right: 0, count, words: [] });

it("gives the most frequent pair, of equals that of the smaller ids", () => {
  const queue = new PairQueue();
  for (const [left, count] of [
    [3, 5],
    [1, 2],
    [2, 5],
    [4, 9],
  ] as const)
    queue.push(pair(left, count));
  expect([1, 2, 3, 4].map(() => queue.pop()?.left)).toEqual([4, 2, 3, 1]);
  expect(queue.pop()).toBeUndefined();
});

it("goes by the counts of now, where those that grew are queued again", () => {
  const counts = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(counts, (changes) => {
      const queue = new PairQueue();
      const pairs = changes.map(([before], i) => pair(i, before + 1));
      for (const one of pairs) queue.push(one);
      pairs.forEach((one, i) => {
        const now = changes[i]![1];
        const grew = now > one.count;
        one.count = now;
        if (grew) queue.push(one);
      });
      const order = pairs
        .filter(({ count }) => count > 0)
        .sort((a, b) => b.count - a.count || a.left - b.left);
      const popped = [];
      for (let top = queue.pop(); top !== undefined; top = queue.pop()) {
        popped.push(top.left);
        top.count = 0;
      }
      expect(popped).toEqual(order.map(({ left }) => left));
    }),
  );
});
