import { expect, it } from "vitest";
import { prefetch } from "./prefetch.js";

function counter(log: string[], failAt = Number.POSITIVE_INFINITY) {
  return (async function* () {
    try {
      for (let i = 0; i < 6; i++) {
        if (i === failAt) throw new Error("broken");
        log.push(`made ${i}`);
        yield i;
      }
    } finally {
      log.push("closed");
    }
  })();
}

it("gives the same items, made ahead of their use", async () => {
  const log: string[] = [];
  const got: number[] = [];
  for await (const item of prefetch(counter(log), 2)) {
    if (item === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(log).toEqual(["made 0", "made 1", "made 2"]);
    }
    got.push(item);
  }
  expect(got).toEqual([0, 1, 2, 3, 4, 5]);
});

it("closes the source when the consumer stops, and passes a failure on in its turn", async () => {
  const log: string[] = [];
  for await (const _ of prefetch(counter(log), 2)) break;
  expect(log.at(-1)).toBe("closed");
  const got: number[] = [];
  const reading = async () => {
    for await (const item of prefetch(counter([], 3), 5)) got.push(item);
  };
  await expect(reading()).rejects.toThrow("broken");
  expect(got).toEqual([0, 1, 2]);
});
