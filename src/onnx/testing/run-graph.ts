import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Graph } from "../graph.js";
import { MODEL_FILE, writeModel } from "../serialize.js";
import { type Feeds, type Outputs, SessionPool } from "../session-pool.js";
import type { WeightSource } from "../weight-source.js";

/** Tensors held in memory, as a checkpoint. */
export function memorySource(tensors: Readonly<Record<string, Float32Array>>): WeightSource {
  const read = (name: string): Float32Array => tensors[name] ?? new Float32Array();
  return {
    read: async (name) => read(name),
    async *stream(name) {
      yield read(name);
    },
  };
}

/** Writes a graph to a temporary folder and runs it once. */
export async function runGraph(
  graph: Graph,
  feeds: Feeds,
  tensors: Readonly<Record<string, Float32Array>> = {},
): Promise<Outputs> {
  const folder = await mkdtemp(join(tmpdir(), "rankwright-graph-"));
  try {
    await writeModel(graph, memorySource(tensors), folder);
    const pool = await SessionPool.open(join(folder, MODEL_FILE), { sessions: 1, threadsPerSession: 1 });
    try {
      return await pool.run(feeds);
    } finally {
      await pool.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function float32(data: readonly number[], dims: readonly number[]) {
  return { type: "float32", data: Float32Array.from(data), dims } as const;
}

export function int32(data: readonly number[], dims: readonly number[] = [data.length]) {
  return { type: "int32", data: Int32Array.from(data), dims } as const;
}
