import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  differentiate,
  Graph,
  MODEL_FILE,
  SessionPool,
  type Shape,
  writeModel,
} from "../../../onnx/index.js";
import { memorySource } from "../../../onnx/testing/run-graph.js";
import type { Loss } from "../loss.js";

/** One row a query, without padding. */
export interface Lists {
  readonly scores: readonly (readonly number[])[];
  readonly targets: readonly (readonly number[])[];
}

export interface LossValue {
  readonly loss: number;
  /** With respect to the scores; one row a query, padding and all. */
  readonly gradient: readonly (readonly number[])[];
}

export interface OpenLoss {
  /** Pads the lists to `length`, by default that of the longest, and runs the graph. */
  run(lists: Lists, length?: number): Promise<LossValue>;
  close(): Promise<void>;
}

/** A session of the loss and its gradient, for any number of queries and documents unless `shape` says which. */
export async function openLoss(loss: Loss, shape: Shape = ["queries", "documents"]): Promise<OpenLoss> {
  const graph = new Graph();
  const scores = graph.input("scores", "float32", shape);
  const targets = graph.input("targets", "float32", shape);
  const mask = graph.input("mask", "float32", shape);
  const value = loss.build({ graph, scores, targets, mask });
  graph.output(value);
  const gradient = differentiate(graph, value, [scores]).get(scores);
  if (gradient?.kind !== "dense") throw new Error(`${loss.name} has no gradient`);
  graph.output(gradient.value);
  const folder = await mkdtemp(join(tmpdir(), "rankwright-loss-"));
  await writeModel(graph, memorySource({}), folder);
  const pool = await SessionPool.open(join(folder, MODEL_FILE), { sessions: 1, threadsPerSession: 1 });
  return {
    async run(lists, length = Math.max(...lists.scores.map((row) => row.length))) {
      const outputs = await pool.run({
        scores: padded(lists.scores, length),
        targets: padded(lists.targets, length),
        mask: padded(
          lists.scores.map((row) => row.map(() => 1)),
          length,
        ),
      });
      const [lossOut, gradientOut] = [value, gradient.value].map(({ name }) => outputs[name]?.data);
      return { loss: lossOut?.[0] as number, gradient: rowsOf(gradientOut as Float32Array, length) };
    },
    async close() {
      await pool.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function padded(rows: readonly (readonly number[])[], length: number) {
  const data = new Float32Array(rows.length * length);
  for (const [i, row] of rows.entries()) data.set(row, i * length);
  return { type: "float32", data, dims: [rows.length, length] } as const;
}

function rowsOf(data: Float32Array, length: number): readonly (readonly number[])[] {
  return Array.from({ length: data.length / length }, (_, i) => [
    ...data.subarray(i * length, (i + 1) * length),
  ]);
}
