import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Breaker } from "./breaker.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("Breaker", () => {
  it("opens after failures in a row, and lets one trial through when it has cooled", () => {
    const breaker = new Breaker({ failures: 2, coolMs: 1000 });
    breaker.enter()?.failed();
    breaker.enter()?.succeeded();
    breaker.enter()?.failed();
    expect(breaker.isOpen).toBe(false);
    breaker.enter()?.failed();
    expect([breaker.isOpen, breaker.waitMs, breaker.enter()]).toEqual([true, 1000, undefined]);
    vi.advanceTimersByTime(999);
    expect(breaker.enter()).toBeUndefined();
    vi.advanceTimersByTime(1);
    const trial = breaker.enter();
    expect([trial === undefined, breaker.enter()]).toEqual([false, undefined]);
    trial?.failed();
    expect([breaker.waitMs, breaker.enter()]).toEqual([1000, undefined]);
    vi.advanceTimersByTime(1000);
    breaker.enter()?.succeeded();
    expect([breaker.isOpen, breaker.waitMs]).toEqual([false, 0]);
  });

  it("lets another trial through after one that told nothing", () => {
    const breaker = new Breaker({ failures: 1, coolMs: 10 });
    breaker.enter()?.failed();
    vi.advanceTimersByTime(10);
    breaker.enter()?.abandoned();
    expect(breaker.isOpen).toBe(true);
    expect(breaker.enter()).toBeDefined();
  });

  it.each([
    [{ failures: 0 }, "breaker.failures"],
    [{ failures: 1.5 }, "breaker.failures"],
    [{ coolMs: -1 }, "breaker.coolMs"],
    [{ coolMs: Number.NaN }, "breaker.coolMs"],
  ])("refuses %o", (options, field) => {
    expect(() => new Breaker(options)).toThrow(expect.objectContaining({ code: "INVALID_OPTION", field }));
  });
});
