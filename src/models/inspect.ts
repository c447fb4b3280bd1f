import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Graph, quantizeLinears } from "../onnx/index.js";
import { loadTokenizer, type Tokenizer } from "../text/index.js";
import { RankwrightError } from "../types/index.js";
import { architectureFor, knownArchitecture } from "./architectures/registry.js";
import { BATCH_TOKENS } from "./batches.js";
import { buildGraph, TOKEN_ROWS } from "./build-graph.js";
import { checkLabels } from "./check-labels.js";
import { readConfig } from "./config.js";
import type { EncoderConfig } from "./encoder-config.js";
import { type GraphFlops, graphFlops, parameterCount, sessionWorkBytes, weightBytes } from "./graph-cost.js";
import { selectFiles } from "./hub/index.js";
import { listFiles, sequenceLimit } from "./model-folder.js";
import type { Precision } from "./program.js";
import { type Checkpoint, type DType, openCheckpoint } from "./safetensors/index.js";
import { planThreads } from "./threads.js";
import { checkTokenizerFit } from "./tokenizer-fit.js";

/** The weights as they lie on disk. */
export interface WeightsFacts {
  readonly format: "safetensors" | "sharded" | "onnx";
  /** The weights, or the index that names their shards. */
  readonly file: string;
  /** Bytes of all weights: of the tensors, or of a ready-made graph's file. */
  readonly bytes: number;
  /** Bytes by element type; absent for a ready-made graph. */
  readonly dtypes?: Readonly<Partial<Record<DType, number>>> | undefined;
}

/** What a forward pass costs and holds; absent for a ready-made graph, which is run as it is. */
export interface ModelCost {
  /** Elements of the weights that scoring reads; others in the file are left alone. */
  readonly parameters: number;
  /** For one pair of so many `tokens`: 128, or all that the model takes. */
  readonly flops: GraphFlops & { readonly tokens: number };
  /** Bytes per session, by precision: the weights as they are computed with, and room to work. */
  readonly memory: Readonly<Record<Precision, SessionMemory>>;
  /** Sessions that loading it on this machine opens by default. */
  readonly sessions: number;
}

export interface SessionMemory {
  readonly weights: number;
  /** For batches of 512 tokens, the default, whose texts are as long as the model takes. */
  readonly work: number;
}

export interface ModelInspection {
  readonly folder: string;
  /** `model_type` of config.json. */
  readonly modelType: string;
  /** The architecture here that runs it; absent where only the ready-made graph can. */
  readonly family?: string | undefined;
  readonly config?: EncoderConfig | undefined;
  /** Longest sequence, special tokens included. */
  readonly maxTokens: number;
  readonly tokenizer?: { readonly kind: Tokenizer["kind"]; readonly vocabSize: number } | undefined;
  readonly weights: WeightsFacts;
  readonly cost?: ModelCost | undefined;
  /** Why loading it would fail, as far as this can be told without reading the weights. */
  readonly problems: readonly RankwrightError[];
}

const PAIR_TOKENS = 128;

/**
 * Tells what a model folder holds and what running it takes, from its JSON files and the headers of its
 * weights alone: a model of gigabytes takes no longer than a small one.
 *
 * @throws RankwrightError with the codes of model folders where not even that can be read
 */
export async function inspectModel(folder: string): Promise<ModelInspection> {
  const raw = await readConfig(folder);
  const { weights } = selectFiles(await listFiles(folder), folder);
  // A ready-made graph runs whatever its family; without one it must be known.
  const architecture = weights.format === "onnx" ? knownArchitecture(raw) : architectureFor(raw);
  const config = architecture?.readConfig(raw);
  const problems: RankwrightError[] = [];
  /** The value, or undefined and one more problem. */
  const attempt = async <T>(make: () => T | Promise<T>): Promise<T | undefined> => {
    try {
      return await make();
    } catch (error) {
      if (!RankwrightError.isInstance(error)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  if (config !== undefined) await attempt(() => checkLabels(config.labels, folder));
  const tokenizer = await attempt(() => loadTokenizer(folder));
  if (tokenizer !== undefined && config !== undefined) {
    await attempt(() => checkTokenizerFit(tokenizer, config, folder));
  }
  const base = {
    folder,
    modelType: typeof raw.model_type === "string" ? raw.model_type : "",
    family: architecture?.modelTypes[0],
    config,
    maxTokens: await sequenceLimit(folder, raw, architecture),
    tokenizer: tokenizer && { kind: tokenizer.kind, vocabSize: tokenizer.vocabSize },
    problems,
  };
  if (weights.format === "onnx") {
    const { size } = await stat(join(folder, weights.file));
    return { ...base, weights: { ...weights, bytes: size } };
  }
  const checkpoint = await openCheckpoint(folder);
  const facts = checkpointFacts(checkpoint);
  try {
    const cost =
      architecture === undefined || config === undefined
        ? undefined
        : await attempt(() => {
            const graph = buildGraph(architecture, config, checkpoint);
            return costOf(graph, config, base.maxTokens, facts.bytes);
          });
    return { ...base, weights: { ...weights, ...facts }, cost };
  } finally {
    await checkpoint.close();
  }
}

function checkpointFacts(checkpoint: Checkpoint): Pick<WeightsFacts, "bytes" | "dtypes"> {
  const dtypes: Partial<Record<DType, number>> = {};
  let bytes = 0;
  for (const name of checkpoint.names()) {
    const { dtype, byteLength } = checkpoint.info(name);
    dtypes[dtype] = (dtypes[dtype] ?? 0) + byteLength;
    bytes += byteLength;
  }
  return { bytes, dtypes };
}

function costOf(graph: Graph, config: EncoderConfig, maxTokens: number, fileBytes: number): ModelCost {
  // The ranges decide about numbers, not about sizes.
  const tensors = [...graph.weights.values()].flatMap((origin) =>
    origin.kind === "tensor" ? [origin.tensor] : [],
  );
  const ranges = new Map(tensors.map((tensor) => [tensor, { min: 0, max: 1 }]));
  const tokens = Math.min(PAIR_TOKENS, maxTokens);
  const work = sessionWorkBytes(config, Math.max(BATCH_TOKENS, maxTokens), maxTokens);
  return {
    parameters: parameterCount(graph),
    flops: { tokens, ...graphFlops(graph, tokens) },
    memory: {
      float32: { weights: weightBytes(graph), work },
      int8: { weights: weightBytes(quantizeLinears(graph, TOKEN_ROWS, ranges)), work },
    },
    sessions: planThreads(fileBytes).sessions,
  };
}
