import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Graph } from "./graph.js";
import { MODEL_FILE, writeModel } from "./serialize.js";
import { SessionPool } from "./session-pool.js";
import { float32, memorySource } from "./testing/run-graph.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rankwright-pool-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function doubling(sessions: number): Promise<SessionPool> {
  const graph = new Graph();
  graph.output(
    graph.op("Mul", [graph.input("x", "float32", ["n"]), graph.constant("two", Float32Array.of(2))]),
  );
  await writeModel(graph, memorySource({}), folder);
  return SessionPool.open(join(folder, MODEL_FILE), { sessions, threadsPerSession: 1 });
}

const run = async (pool: SessionPool, value: number) =>
  Object.values(await pool.run({ x: float32([value], [1]) }))[0]?.data[0];

describe("SessionPool", () => {
  it("gives every run its own answer, however many overlap", async () => {
    const pool = await doubling(2);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => run(pool, i)));
    expect(answers).toEqual(Array.from({ length: 50 }, (_, i) => 2 * i));
    expect(pool.inputs.map(({ name }) => name)).toEqual(["x"]);
    await pool.close();
  });

  it("goes on after a run that failed", async () => {
    const pool = await doubling(1);
    await expect(pool.run({ wrong: float32([1], [1]) })).rejects.toMatchObject({ code: "SESSION_FAILED" });
    expect(await run(pool, 4)).toBe(8);
    await pool.close();
  });

  it("refuses buffers that an earlier run took over, instead of waiting for ever", async () => {
    const pool = await doubling(1);
    const x = float32([3], [1]);
    await pool.run({ x });
    await expect(pool.run({ x })).rejects.toThrow(/feed x holds 0 elements, but its dims \[1\] need 1/);
    await pool.close();
  });

  it("rejects runs that are under way or come after close", async () => {
    const pool = await doubling(1);
    const late = run(pool, 1).catch((error: { code: string }) => error.code);
    await pool.close();
    expect(["SESSION_FAILED", 2]).toContain(await late);
    await expect(run(pool, 1)).rejects.toMatchObject({ code: "SESSION_FAILED" });
  });

  it("says which file the runtime refuses", async () => {
    const path = join(folder, "broken.onnx");
    await writeFile(path, "this is no model");
    await expect(SessionPool.open(path, { sessions: 2, threadsPerSession: 1 })).rejects.toThrow(
      /could not load .*broken\.onnx/,
    );
  });
});
