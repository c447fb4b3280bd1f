import { describe, expect, it } from "vitest";
import { BatchRunner } from "./batch-runner.js";
import type { TokenSequence } from "./pack.js";
import type { Program } from "./program.js";

const sequence = (tokens: number): TokenSequence => ({
  ids: new Int32Array(tokens),
  typeIds: new Int32Array(tokens),
});
const sequences = Array.from({ length: 8 }, () => sequence(10));
const batches = sequences.map((_, index) => [index]);

/** A program whose answers arrive when the test says so. */
function manual(parallelism = 1) {
  const started: (() => void)[] = [];
  const program: Program = {
    labels: 1,
    parallelism,
    run: (batch) => new Promise((resolve) => started.push(() => resolve(new Float32Array(batch.length)))),
    close: async () => undefined,
  };
  return { program, started };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("BatchRunner", () => {
  it("keeps two batches per session under way, and hands over all of them", async () => {
    const { program, started } = manual(2);
    const received: number[] = [];
    const done = new BatchRunner(program).run(sequences, batches, {}, (batch) => received.push(...batch));
    await turn();
    expect(started).toHaveLength(4);
    for (let i = 0; i < 8; i++) {
      started[i]?.();
      await turn();
    }
    await done;
    expect(received.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("starts no batch that would probably end after the deadline", async () => {
    const slow: Program = {
      labels: 1,
      parallelism: 1,
      run: async (batch) => {
        await new Promise((resolve) => setTimeout(resolve, 40));
        return new Float32Array(batch.length);
      },
      close: async () => undefined,
    };
    const received: number[] = [];
    const options = { deadline: performance.now() + 60 };
    await new BatchRunner(slow).run(sequences, batches, options, (batch) => received.push(...batch));
    // The first takes 40 of 60 ms; a second would be late.
    expect(received).toEqual([0]);
  });

  it("stops at an abort, and rejects", async () => {
    const { program, started } = manual();
    const control = new AbortController();
    const done = new BatchRunner(program).run(
      sequences,
      batches,
      { signal: control.signal },
      () => undefined,
    );
    await turn();
    control.abort();
    for (const answer of started) answer();
    await expect(done).rejects.toMatchObject({ code: "ABORTED" });
    expect(started).toHaveLength(2);
  });

  it("stops at the first failure and passes it on", async () => {
    const runs: number[] = [];
    const broken: Program = {
      labels: 1,
      parallelism: 1,
      run: async () => {
        runs.push(1);
        throw new Error("out of memory");
      },
      close: async () => undefined,
    };
    await expect(new BatchRunner(broken).run(sequences, batches, {}, () => undefined)).rejects.toThrow(
      "out of memory",
    );
    expect(runs.length).toBeLessThanOrEqual(2);
  });
});
