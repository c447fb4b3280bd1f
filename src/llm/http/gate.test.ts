import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FakeClock } from "../testing/fake-clock.js";
import { Gate, type GateLimits, type Leave } from "./gate.js";
import { gateOf } from "./gates.js";

/** Enters `count` times at once; `times` fills with when each got through, in seconds. */
function crowd(gate: Gate, clock: FakeClock, limits: GateLimits, count: number, tokens = 0) {
  const times: number[] = [];
  const leaves: Leave[] = [];
  const start = clock.now();
  for (let i = 0; i < count; i++) {
    void gate.enter(limits, tokens, clock).then((leave) => {
      times.push((clock.now() - start) / 1000);
      leaves.push(leave);
    });
  }
  return { times, leaves };
}

describe("Gate", () => {
  it("lets as many through at once as it may, and the next when one leaves", async () => {
    const [gate, clock] = [new Gate(), new FakeClock()];
    const { times, leaves } = crowd(gate, clock, { concurrency: 2 }, 4);
    await clock.pass(1000);
    expect(times).toEqual([0, 0]);
    leaves[0]?.();
    leaves[0]?.();
    await clock.pass(1000);
    expect(times).toEqual([0, 0, 1]);
  });

  it("keeps a client to its own limit while another one has more", async () => {
    const [gate, clock] = [new Gate(), new FakeClock()];
    const wide = crowd(gate, clock, { concurrency: 3 }, 2);
    const narrow = crowd(gate, clock, { concurrency: 1 }, 1);
    await clock.pass(0);
    expect([wide.times.length, narrow.times.length]).toEqual([2, 0]);
    for (const leave of wide.leaves) leave();
    await clock.pass(0);
    expect(narrow.times).toHaveLength(1);
  });

  it("spreads requests over the minutes", async () => {
    const [gate, clock] = [new Gate(), new FakeClock()];
    const { times } = crowd(gate, clock, { concurrency: 99, requestsPerMinute: 2 }, 5);
    await clock.pass(150_000);
    expect(times).toEqual([0, 0, 60, 60, 120]);
  });

  it("spreads tokens over the minutes, and lets a request go alone that is larger than the limit", async () => {
    const [gate, clock] = [new Gate(), new FakeClock()];
    const limits = { concurrency: 99, tokensPerMinute: 100 };
    const { times, leaves } = crowd(gate, clock, limits, 3, 40);
    const large = crowd(gate, clock, limits, 1, 500);
    await clock.pass(1000);
    expect(times).toEqual([0, 0]);
    // The first took less than was thought, so that the third fits.
    leaves[0]?.(20);
    await clock.pass(200_000);
    expect(times).toEqual([0, 0, 1]);
    expect(large.times).toEqual([61]);
  });

  it("stays closed as long as a server asks", async () => {
    const [gate, clock] = [new Gate(), new FakeClock()];
    gate.closeUntil(clock.now() + 5000);
    const { times } = crowd(gate, clock, { concurrency: 9 }, 2);
    await clock.pass(4999);
    expect(times).toEqual([]);
    await clock.pass(1);
    expect(times).toEqual([5, 5]);
  });

  it("lets the one behind move up when somebody gives up", async () => {
    const [gate, clock] = [new Gate(), new FakeClock()];
    const busy = crowd(gate, clock, { concurrency: 9 }, 1);
    await clock.pass(0);
    const controller = new AbortController();
    const first = gate.enter({ concurrency: 1 }, 0, clock, controller.signal);
    const behind = crowd(gate, clock, { concurrency: 2 }, 1);
    await clock.pass(0);
    expect(behind.times).toEqual([]);
    controller.abort(new Error("enough"));
    await expect(first).rejects.toThrow("enough");
    await clock.pass(0);
    expect([busy.times, behind.times]).toEqual([[0], [0]]);
    await expect(gate.enter({ concurrency: 9 }, 0, clock, controller.signal)).rejects.toThrow("enough");
  });

  it("never lets more through than any limit allows, and everybody in the end", async () => {
    const limit = fc.record({
      concurrency: fc.integer({ min: 1, max: 4 }),
      requestsPerMinute: fc.integer({ min: 1, max: 5 }),
      tokensPerMinute: fc.integer({ min: 10, max: 50 }),
    });
    const requests = fc.array(fc.record({ tokens: fc.nat(60), lasts: fc.integer({ min: 1, max: 90_000 }) }), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(limit, requests, async (limits, asked) => {
        const [gate, clock] = [new Gate(), new FakeClock()];
        const entered: { at: number; tokens: number }[] = [];
        let underWay = 0;
        for (const { tokens, lasts } of asked) {
          void gate.enter(limits, tokens, clock).then(async (leave) => {
            entered.push({ at: clock.now(), tokens });
            underWay++;
            expect(underWay).toBeLessThanOrEqual(limits.concurrency);
            await clock.sleep(lasts);
            underWay--;
            leave();
          });
        }
        await clock.pass(asked.length * 160_000);
        expect(entered.map(({ tokens }) => tokens)).toEqual(asked.map(({ tokens }) => tokens));
        for (const { at } of entered) {
          const minute = entered.filter((each) => each.at > at - 60_000 && each.at <= at);
          expect(minute.length).toBeLessThanOrEqual(limits.requestsPerMinute);
          const tokens = minute.reduce((sum, each) => sum + each.tokens, 0);
          if (minute.length > 1) expect(tokens).toBeLessThanOrEqual(limits.tokensPerMinute);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe("gateOf", () => {
  it("is one gate for one address and key, as long as it is in use", async () => {
    const clock = new FakeClock();
    const gate = gateOf("http://gates/a", "key", clock.now());
    const leave = await gate.enter({ concurrency: 1 }, 0, clock);
    expect(gateOf("http://gates/b", "key", clock.now())).not.toBe(gate);
    expect(gateOf("http://gates/a", "other", clock.now())).not.toBe(gate);
    expect(gateOf("http://gates/a", "key", clock.now())).toBe(gate);
    leave();
    await clock.pass(60_000);
    gateOf("http://gates/c", "key", clock.now());
    expect(gateOf("http://gates/a", "key", clock.now())).not.toBe(gate);
  });
});
