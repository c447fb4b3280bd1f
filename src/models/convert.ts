import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Graph,
  lowerAttention,
  MODEL_FILE,
  quantizeLinears,
  type WeightSource,
  writeModel,
} from "../onnx/index.js";
import { TOKEN_ROWS } from "./build-graph.js";
import { type CalibrationSample, calibrate } from "./calibrate.js";
import { cachedGraph, sha256 } from "./graph-cache.js";
import type { SequenceFeatures } from "./pack.js";
import type { Precision } from "./program.js";

export interface ConvertRequest {
  readonly graph: Graph;
  readonly weights: WeightSource;
  /** sha256 of the weights. */
  readonly weightsHash: string;
  readonly precision: Precision;
  readonly cacheDir: string;
  /** The sample to take activation ranges from; read only for int8. */
  readonly calibration: CalibrationSample;
  /** Attention heads. */
  readonly heads: number;
  /** Of families that declare some. */
  readonly features?: SequenceFeatures | undefined;
  /** Called when there is something to do. */
  readonly onConvert?: (() => void) | undefined;
}

/** Converts a model to an ONNX file, or finds the one converted earlier; returns the file's path. */
export async function convert(request: ConvertRequest): Promise<string> {
  const { graph, weights, precision, calibration } = request;
  const ingredients = [request.weightsHash, precision, graphSignature(graph)];
  if (precision === "int8") ingredients.push(await calibration.signature());
  const folder = await cachedGraph(request.cacheDir, sha256(ingredients.join("\n")), async (draft) => {
    request.onConvert?.();
    if (precision === "float32") return writeModel(lowerAttention(graph), weights, draft);
    const scratch = join(draft, "calibration");
    await mkdir(scratch);
    const ranges = await calibrate(graph, weights, scratch, calibration, request.heads, request.features);
    await rm(scratch, { recursive: true });
    await writeModel(lowerAttention(quantizeLinears(graph, TOKEN_ROWS, ranges)), weights, draft);
  });
  return join(folder, MODEL_FILE);
}

/** Everything about a graph that its file depends on, weights' numbers aside. */
function graphSignature(graph: Graph): string {
  const lowered = lowerAttention(graph);
  const nodes = lowered.nodes.map(({ op, inputs, attributes, outputs }) => [
    op,
    inputs.map(({ name }) => name),
    attributes,
    outputs.map(({ name }) => name),
  ]);
  const weights = [...lowered.weights].map(([{ name, type, shape }, origin]) => [
    name,
    type,
    shape,
    origin.kind === "data" ? [...origin.data].map(String) : origin.kind,
  ]);
  return JSON.stringify([lowered.inputs, nodes, weights, lowered.outputs]);
}
