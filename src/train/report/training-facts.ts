import { basename, resolve } from "node:path";
import { inspectModel } from "../../models/inspect.js";
import { openCheckpoint } from "../../models/safetensors/index.js";
import type { Dataset } from "../data/index.js";
import type { Int8Report } from "../int8-gate/index.js";
import type { Loss } from "../losses/loss.js";
import { mlmHeadShapes } from "../trainer/mlm-head.js";
import { PRETRAINING_TOKENS, type PretrainOptions } from "../trainer/pretrain.js";
import type { TrainOptions } from "../trainer/train.js";
import { trainingSettings } from "./training-settings.js";
import type { TrainingTask } from "./validation-words.js";

/** What is known of a training besides how it went, for its report and its model card. */
export interface TrainingFacts {
  readonly task: TrainingTask;
  /** What the trained model is called: its folder's name. */
  readonly name: string;
  readonly base: BaseModel;
  readonly model: TrainedModel;
  readonly data: readonly DataFacts[];
  /** Empty where nothing was held out. */
  readonly validation: readonly DataFacts[];
  readonly loss: Pick<Loss, "name" | "help">;
  /** Options, in the order in which they are listed. */
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  /** Date, as text. */
  readonly created: string;
  /** Licence of the trained model as the hub writes it, e.g. `apache-2.0`, where it was stated. */
  readonly license?: string | undefined;
  /** What a check of int8 found, where there was one. */
  readonly int8?: Int8Report | undefined;
}

/** What the options of a training do not say. */
export interface FurtherFacts extends Pick<TrainingFacts, "license" | "int8"> {
  /** Name of the architecture's file where the model was created from one. */
  readonly architecture?: string | undefined;
  /** Date of the training. Default: today. */
  readonly created?: Date | undefined;
}

/** The model that a training started from. */
export interface BaseModel {
  /**
   * Its id on the hub where the folder is one of the hub's cache, otherwise the folder's name; of a model that was
   * created for the training, the name of its architecture's file.
   */
  readonly name: string;
  readonly onHub: boolean;
  /** Whether it had learned nothing before. Default: false. */
  readonly untrained?: boolean | undefined;
}

export interface TrainedModel {
  /** `model_type` of config.json. */
  readonly modelType: string;
  readonly layers: number;
  readonly hiddenSize: number;
  readonly labels: number;
  readonly vocabSize: number;
  /** Elements of the weights that scoring reads; of a model that cannot score, of all. */
  readonly parameters: number;
  /** Longest sequence, special tokens included. */
  readonly maxTokens: number;
  /** How the weights are stored, e.g. `F32`. */
  readonly dtypes: readonly string[];
  /** Whether it has a head that guesses masked tokens. */
  readonly guesses: boolean;
}

export interface DataFacts {
  /** Name of the file, without its folder. */
  readonly name: string;
  readonly weight: number;
  readonly examples: number;
}

const MASKED_LOSS = { name: "mlm", help: "masked language modelling: cross-entropy over the vocabulary" };

/**
 * Facts of a finished training or pre-training: options, data, and what its folder holds.
 *
 * @throws RankwrightError with the codes of model folders
 */
export async function trainingFacts(
  options: TrainOptions | PretrainOptions,
  { created = new Date(), license, int8, architecture }: FurtherFacts = {},
): Promise<TrainingFacts> {
  const { data, validation, out } = options;
  const ranking = "loss" in options;
  const loss = ranking ? options.loss : MASKED_LOSS;
  const model = await trainedModel(out);
  const maxTokens = ranking ? undefined : Math.min(PRETRAINING_TOKENS, model.maxTokens);
  return {
    task: ranking ? "ranking" : "pretraining",
    name: basename(resolve(out)),
    base:
      architecture === undefined
        ? baseModel(options.model)
        : { name: architecture, onHub: false, untrained: true },
    model,
    data: dataFacts(data),
    validation: validation === undefined ? [] : dataFacts(validation),
    loss: { name: loss.name, help: loss.help },
    settings: trainingSettings({ ...options, maxTokens: options.maxTokens ?? maxTokens }),
    created: created.toISOString().slice(0, 10),
    license,
    int8,
  };
}

/** A folder of the hub's cache says which repository it is: `models--org--name/snapshots/<commit>`. */
function baseModel(folder: string): BaseModel {
  const path = resolve(folder);
  const [, owner, name] = /[\\/]models--([^\\/]+?)--([^\\/]+)[\\/]snapshots[\\/][^\\/]+$/.exec(path) ?? [];
  return owner === undefined
    ? { name: basename(path), onHub: false }
    : { name: `${owner}/${name}`, onHub: true };
}

async function trainedModel(folder: string): Promise<TrainedModel> {
  const { modelType, config, maxTokens, weights, cost } = await inspectModel(folder);
  const { layers = 0, hiddenSize = 0, labels = 1, vocabSize = 0 } = config ?? {};
  const sizes = await tensorSizes(folder);
  const head = config === undefined ? [] : [...mlmHeadShapes(config).keys()];
  return {
    modelType,
    layers,
    hiddenSize,
    labels,
    vocabSize,
    parameters: cost?.parameters ?? [...sizes.values()].reduce((sum, size) => sum + size, 0),
    maxTokens,
    dtypes: Object.keys(weights.dtypes ?? {}),
    guesses: head.length > 0 && head.every((name) => sizes.has(name)),
  };
}

/** Elements of every tensor by name. */
async function tensorSizes(folder: string): Promise<ReadonlyMap<string, number>> {
  const checkpoint = await openCheckpoint(folder);
  const sizes = checkpoint
    .names()
    .map((name) => [name, checkpoint.info(name).shape.reduce((product, size) => product * size, 1)] as const);
  await checkpoint.close();
  return new Map(sizes);
}

function dataFacts({ sources }: Dataset): DataFacts[] {
  return sources.map(({ file, weight, numbers }) => ({
    name: basename(file),
    weight,
    examples: numbers.length,
  }));
}
