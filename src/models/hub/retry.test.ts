import { describe, expect, it } from "vitest";
import { MAX_RETRY_AFTER_MS } from "../../http/retry-after.js";
import { sleep } from "../../http/sleep.js";
import { HubFailure } from "./hub-failure.js";
import { backoffMs, withRetries } from "./retry.js";

const broken = (retryAfterMs?: number) =>
  new HubFailure("HUB_UNAVAILABLE", "down", { retryable: true, retryAfterMs });

/** Runs an attempt that fails `times` times, with two retries; resolves to the pauses it made. */
async function run(times: number, error: Error = broken(), progress?: () => number): Promise<number[]> {
  const slept: number[] = [];
  let left = times;
  await withRetries(
    async () => {
      if (left-- > 0) throw error;
    },
    {
      retries: 2,
      progress,
      sleep: async (ms) => {
        slept.push(ms);
      },
    },
  );
  return slept;
}

describe("backoffMs", () => {
  it("doubles from half a second to eight, half of it random", () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((n) => backoffMs(n, () => 1))).toEqual([
      500, 1000, 2000, 4000, 8000, 8000, 8000,
    ]);
    expect(backoffMs(0, () => 0)).toBe(250);
  });
});

describe("withRetries", () => {
  it("forgives as many failures in a row as it is told", async () => {
    expect(await run(2)).toHaveLength(2);
    await expect(run(3)).rejects.toMatchObject({ code: "HUB_UNAVAILABLE" });
  });

  it("counts anew after progress", async () => {
    let bytes = 0;
    expect(await run(20, broken(), () => bytes++)).toHaveLength(20);
  });

  it("waits as long as the hub asks, but no longer than a minute", async () => {
    expect(await run(1, broken(30_000))).toEqual([30_000]);
    await expect(run(1, broken(MAX_RETRY_AFTER_MS + 1))).rejects.toThrow("down");
  });

  it("does not retry what will not change", async () => {
    await expect(run(1, new HubFailure("HUB_NOT_FOUND", "no"))).rejects.toThrow("no");
    await expect(run(1, new TypeError("a defect"))).rejects.toThrow("a defect");
  });

  it("stops pausing when the signal fires", async () => {
    const controller = new AbortController();
    const retrying = withRetries(
      async () => {
        setTimeout(() => controller.abort(new Error("enough")), 1);
        throw broken(50_000);
      },
      { retries: 5, sleep, signal: controller.signal },
    );
    await expect(retrying).rejects.toMatchObject({ code: "ABORTED", cause: new Error("enough") });
  });
});
