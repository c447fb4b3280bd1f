import { describe, expect, it } from "vitest";
import { Pace } from "./pace.js";

describe("Pace", () => {
  it("knows nothing before a batch has ended", () => {
    const pace = new Pace(2);
    pace.started(5);
    expect([pace.perToken, pace.tokensPerSecond]).toEqual([0, 0]);
  });

  it("does not count the time that a batch waits behind another", () => {
    const pace = new Pace(1);
    const [first, second] = [pace.started(0), pace.started(1)];
    pace.ended(50, first, 100);
    pace.ended(100, second, 100);
    expect(pace.perToken).toBeCloseTo(0.5);
    expect(pace.tokensPerSecond).toBeCloseTo(2000);
  });

  it("counts what all sessions do, and nothing while they are idle", () => {
    const pace = new Pace(2);
    for (const start of [0, 1000]) {
      for (const stay of [pace.started(start), pace.started(start)]) pace.ended(start + 50, stay, 100);
    }
    expect(pace.tokensPerSecond).toBeCloseTo(4000);
  });

  it("does not learn from a batch that failed, nor from one whose beginning it does not know", () => {
    const pace = new Pace(1);
    pace.ended(100, pace.started(0), 100);
    pace.ended(101, pace.started(100), undefined);
    const [first, second] = [pace.started(200), pace.started(200)];
    pace.ended(201, second, 100);
    pace.ended(300, first, 100);
    expect(pace.perToken).toBe(1);
  });

  it("follows a change", () => {
    const pace = new Pace(1);
    pace.ended(100, pace.started(0), 100);
    for (let now = 100; now < 700; now += 30) pace.ended(now + 30, pace.started(now), 10);
    expect(pace.perToken).toBeGreaterThan(2.5);
    expect(pace.perToken).toBeLessThan(3);
  });
});
