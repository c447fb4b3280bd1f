import { describe, expect, it } from "vitest";
import { inParallel } from "./in-parallel.js";
import { Slots } from "./slots.js";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("inParallel", () => {
  it("keeps the order of the items", async () => {
    const doubled = await inParallel([30, 1, 10], async (ms) => {
      await pause(ms);
      return ms * 2;
    });
    expect(doubled).toEqual([60, 2, 20]);
  });

  it("throws the error that came first, when all have ended", async () => {
    const ended: number[] = [];
    const work = inParallel([40, 5, 20], async (ms) => {
      await pause(ms);
      ended.push(ms);
      if (ms !== 20) throw new Error(`after ${ms}`);
    });
    await expect(work).rejects.toThrow("after 5");
    expect(ended).toEqual([5, 20, 40]);
  });
});

describe("Slots", () => {
  it("lets so many in at once, in order, and goes on after an error", async () => {
    const slots = new Slots(2);
    const log: number[] = [];
    let inside = 0;
    const work = [0, 1, 2, 3, 4].map((item) =>
      slots.run(async () => {
        log.push(item);
        expect(++inside).toBeLessThanOrEqual(2);
        await pause(3);
        inside--;
        if (item === 1) throw new Error("one");
        return item;
      }),
    );
    const outcomes = await Promise.allSettled(work);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    expect(log).toEqual([0, 1, 2, 3, 4]);
  });
});
