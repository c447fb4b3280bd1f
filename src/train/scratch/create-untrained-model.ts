import { rm } from "node:fs/promises";
import { join } from "node:path";
import { writeError } from "../../files/write-error.js";
import { writeFile } from "../../files/write-file.js";
import { architectureFor } from "../../models/architectures/registry.js";
import type { RawConfig } from "../../models/config.js";
import { initialWeights } from "../../models/lexical/initial-weights.js";
import { RARITIES } from "../../models/lexical/layout.js";
import { readPieces } from "../../models/lexical/read-pieces.js";
import type { CheckpointWeights } from "../../models/model-folder.js";
import { type NamedTensor, writeSafetensors } from "../../models/safetensors/index.js";
import { checkTokenizerFit } from "../../models/tokenizer-fit.js";
import { loadTokenizer, type Tokenizer } from "../../text/index.js";
import { RankwrightError } from "../../types/index.js";
import type { Dataset } from "../data/index.js";
import { countRarity } from "../vocabulary/count-rarity.js";
import { trainVocabulary, type VocabularyProgress } from "../vocabulary/train-vocabulary.js";
import { completeConfig } from "./complete-config.js";
import { allTexts, passages } from "./passages.js";
import { randomTensors } from "./random-tensors.js";
import { weightDeviation } from "./read-architecture.js";
import { type FirstTask, tensorShapes } from "./tensor-shapes.js";
import type { TokenizerFiles } from "./tokenizer-files.js";
import { writeTokenizerConfig } from "./write-tokenizer-config.js";

export interface UntrainedModelOptions {
  /** config.json as `readArchitecture` reads it. */
  readonly architecture: RawConfig;
  readonly task: FirstTask;
  /** Default: a lower-casing WordPiece vocabulary is learned from the data. */
  readonly tokenizer?: TokenizerFiles | undefined;
  /** Pieces of a vocabulary that is learned, at most. Default: the architecture's `vocab_size`. */
  readonly vocabularySize?: number | undefined;
  /** What the model will be trained on: vocabulary, and for our own family rarity, come from it. */
  readonly data: Dataset;
  /** Of the weights. Default: 0. */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: UntrainedModelProgress) => void) | undefined;
}

/** Texts are read for the vocabulary, pieces learned, and texts read again for the rarity of words. */
export type UntrainedModelProgress =
  | VocabularyProgress
  | { readonly stage: "rarity"; readonly texts: number };

/**
 * Writes the folder of a model that has learned nothing, in place of what is there, for `train` or `pretrain` to
 * start from. Weights are random as transformers draws them, see `randomTensors`: with a deviation of
 * `initializer_range`, and 0 for padding. Those of our own family rank as BM25 does, see docs/rankwright-model.md.
 * The same options and data give the same files.
 *
 * @throws RankwrightError UNSUPPORTED_ARCHITECTURE, INVALID_CONFIG, INVALID_OPTION without a size for the
 *   vocabulary, TOKENIZER_MISMATCH, INVALID_TOKENIZER, EMPTY_FILE where the data hold no word, ABORTED, DISK_FULL,
 *   WRITE_FAILED
 */
export async function createUntrainedModel(folder: string, options: UntrainedModelOptions): Promise<void> {
  const { architecture: raw, task, seed = 0 } = options;
  const architecture = architectureFor(raw);
  const files = options.tokenizer ?? (await learnTokenizer(options));
  await rm(folder, { recursive: true, force: true }).catch((cause: unknown) => {
    throw writeError(folder, cause, "out");
  });
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  const tokenizer = await loadTokenizer(folder);
  const learned = options.tokenizer === undefined;
  const whole = completeConfig(raw, { tokenizer, learned, task });
  const config = architecture.readConfig(whole);
  checkTokenizerFit(tokenizer, config, folder);
  await writeFile(join(folder, "config.json"), `${JSON.stringify(whole, undefined, 2)}\n`);
  if (!files.has("tokenizer_config.json") && files.has("tokenizer.json")) {
    const definition: unknown = JSON.parse(files.get("tokenizer.json") as string);
    await writeTokenizerConfig(folder, definition, architecture.maxTokens(config), config);
  }
  const tensors =
    raw.model_type === "rankwright"
      ? initialWeights(config, await rarity(folder, tokenizer, config.vocabSize, options), seed)
      : drawn({ architecture, config }, task, weightDeviation(whole), seed);
  await writeSafetensors(join(folder, "model.safetensors"), tensors, { format: "pt" });
}

async function learnTokenizer(options: UntrainedModelOptions): Promise<TokenizerFiles> {
  const { architecture, vocabularySize: size = architecture.vocab_size, data, signal, onProgress } = options;
  if (typeof size !== "number") {
    throw new RankwrightError(
      "INVALID_OPTION",
      "nothing says how large the vocabulary to learn shall be; give vocabularySize or a tokenizer",
      { field: "vocabularySize", value: size },
    );
  }
  const definition = await trainVocabulary(allTexts(data), { size, signal, onProgress });
  return new Map([["tokenizer.json", `${JSON.stringify(definition)}\n`]]);
}

/** Level by id; what the tokenizer has no piece for is as rare as can be. */
async function rarity(
  folder: string,
  tokenizer: Tokenizer,
  vocabSize: number,
  { data, signal, onProgress }: UntrainedModelOptions,
): Promise<Uint8Array> {
  const levels = await countRarity(passages(data), tokenizer, await readPieces(folder), {
    signal,
    onProgress: (texts) => onProgress?.({ stage: "rarity", texts }),
  });
  const all = new Uint8Array(Math.max(vocabSize, levels.length)).fill(RARITIES - 1);
  all.set(levels);
  return all;
}

function drawn(
  model: Pick<CheckpointWeights, "architecture" | "config">,
  task: FirstTask,
  deviation: number,
  seed: number,
): NamedTensor[] {
  const shapes = tensorShapes(model, task);
  const { padTokenId } = model.config;
  // RoBERTa's positions count from the padding id, whose own row is nobody's position.
  const padded = model.architecture.modelTypes.includes("roberta") ? ["word", "position"] : ["word"];
  const zeroRows = new Map(
    [...shapes.keys()]
      .filter((name) => padded.some((table) => name.endsWith(`.${table}_embeddings.weight`)))
      .map((name) => [name, padTokenId]),
  );
  const tensors = randomTensors(shapes, { deviation, zeroRows, seed, use: "initial" });
  return [...tensors].map(([name, tensor]) => ({ name, ...tensor }));
}
