import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Watchdog } from "./watchdog.js";

describe("Watchdog", () => {
  it("barks after silence, and not while it is fed", async () => {
    const dog = new Watchdog(60);
    for (let i = 0; i < 4; i++) {
      await wait(20);
      dog.feed();
    }
    expect(dog.signal.aborted).toBe(false);
    await wait(120);
    expect([dog.signal.aborted, dog.barked]).toEqual([true, true]);
  });

  it("passes on an abort of the caller without barking", async () => {
    const caller = new AbortController();
    const dog = new Watchdog(20, caller.signal);
    caller.abort("enough");
    await wait(40);
    expect([dog.signal.reason, dog.barked]).toEqual(["enough", false]);
  });

  it("never barks with more time than a timer can hold", async () => {
    for (const ms of [Number.POSITIVE_INFINITY, 2 ** 31]) {
      const dog = new Watchdog(ms);
      await wait(5);
      expect(dog.barked).toBe(false);
      dog.stop();
    }
  });
});
