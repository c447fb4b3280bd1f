import { join } from "node:path";
import {
  type Graph,
  lowerAttention,
  MODEL_FILE,
  type Outputs,
  observeRanges,
  type Ranges,
  SessionPool,
  type WeightSource,
  writeModel,
} from "../onnx/index.js";
import { RankwrightError } from "../types/index.js";
import { TOKEN_ROWS } from "./build-graph.js";
import { packSequences, type SequenceFeatures, type TokenSequence } from "./pack.js";

/** The text that ranges are taken from. */
export interface CalibrationSample {
  /** Changes whenever the sequences do. */
  signature(): Promise<string>;
  /** Made only when they are needed, because they need the tokenizer. */
  sequences(): Promise<readonly TokenSequence[]>;
}

/**
 * The range of values that enter each linear layer, seen while the float32 model reads the sample.
 * @param scratch an empty folder for the instrumented model
 */
export async function calibrate(
  graph: Graph,
  weights: WeightSource,
  scratch: string,
  sample: CalibrationSample,
  heads: number,
  features?: SequenceFeatures,
): Promise<Ranges> {
  const { graph: watched, observed } = observeRanges(graph, TOKEN_ROWS);
  await writeModel(lowerAttention(watched), weights, scratch);
  const pool = await SessionPool.open(join(scratch, MODEL_FILE), { sessions: 1, threadsPerSession: 1 });
  const ranges = new Map<string, { min: number; max: number }>();
  try {
    for (const sequence of await sample.sequences()) {
      const outputs = await pool.run(packSequences([sequence], heads, features));
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
  const value = outputs[name]?.data[0] ?? Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new RankwrightError(
    "NON_FINITE_SCORE",
    `while calibrating for int8 an activation was ${value}; the weights hold values that overflow, so use float32 or another revision`,
    { field: "precision", value },
  );
}
