import { join } from "node:path";
import {
  type Graph,
  lowerAttention,
  MODEL_FILE,
  type Outputs,
  observeRanges,
  type Ranges,
  SessionPool,
  writeModel,
} from "../onnx/index.js";
import { TOKEN_ROWS } from "./build-graph.js";
import { packSequences, type TokenSequence } from "./pack.js";
import type { Checkpoint } from "./safetensors/index.js";

export interface CalibrationInputs {
  readonly sequences: readonly TokenSequence[];
  readonly heads: number;
  /** Changes whenever the sequences do. */
  readonly signature: string;
}

/**
 * The range of values that enter each linear layer, seen while the float32 model reads the sample.
 * @param scratch an empty folder for the instrumented model
 */
export async function calibrate(
  graph: Graph,
  checkpoint: Checkpoint,
  scratch: string,
  { sequences, heads }: CalibrationInputs,
): Promise<Ranges> {
  const { graph: watched, observed } = observeRanges(graph, TOKEN_ROWS);
  await writeModel(lowerAttention(watched), checkpoint, scratch);
  const pool = await SessionPool.open(join(scratch, MODEL_FILE), { sessions: 1, threadsPerSession: 1 });
  const ranges = new Map<string, { min: number; max: number }>();
  try {
    for (const sequence of sequences) {
      const outputs = await pool.run(packSequences([sequence], heads));
      for (const { tensors, min, max } of observed) {
        for (const tensor of tensors) {
          const range = ranges.get(tensor) ?? { min: 0, max: 0 };
          range.min = Math.min(range.min, scalar(outputs, min));
          range.max = Math.max(range.max, scalar(outputs, max));
          ranges.set(tensor, range);
        }
      }
    }
  } finally {
    await pool.close();
  }
  return ranges;
}

function scalar(outputs: Outputs, name: string): number {
  return outputs[name]?.data[0] ?? Number.NaN;
}
