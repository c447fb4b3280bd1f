import { basename, resolve } from "node:path";
import { inspectModel } from "../../models/inspect.js";
import type { Dataset } from "../data/index.js";
import type { Int8Report } from "../int8-gate/index.js";
import type { Loss } from "../losses/loss.js";
import type { TrainOptions } from "../trainer/train.js";
import { trainingSettings } from "./training-settings.js";

/** What is known of a training besides how it went, for its report and its model card. */
export interface TrainingFacts {
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
  /** Date of the training. Default: today. */
  readonly created?: Date | undefined;
}

/** The model that a training started from. */
export interface BaseModel {
  /** Its id on the hub where the folder is one of the hub's cache, otherwise the folder's name. */
  readonly name: string;
  readonly onHub: boolean;
}

export interface TrainedModel {
  /** `model_type` of config.json. */
  readonly modelType: string;
  readonly layers: number;
  readonly hiddenSize: number;
  readonly labels: number;
  readonly vocabSize: number;
  /** Elements of the weights that scoring reads. */
  readonly parameters: number;
  /** Longest sequence, special tokens included. */
  readonly maxTokens: number;
  /** How the weights are stored, e.g. `F32`. */
  readonly dtypes: readonly string[];
}

export interface DataFacts {
  /** Name of the file, without its folder. */
  readonly name: string;
  readonly weight: number;
  readonly examples: number;
}

/**
 * Facts of a finished training: options, data, and what its folder holds.
 *
 * @throws RankwrightError with the codes of model folders
 */
export async function trainingFacts(
  options: TrainOptions,
  { created = new Date(), license, int8 }: FurtherFacts = {},
): Promise<TrainingFacts> {
  const { loss, data, validation, out } = options;
  return {
    name: basename(resolve(out)),
    base: baseModel(options.model),
    model: await trainedModel(out),
    data: dataFacts(data),
    validation: validation === undefined ? [] : dataFacts(validation),
    loss: { name: loss.name, help: loss.help },
    settings: trainingSettings(options),
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
  const dtypes = Object.keys(weights.dtypes ?? {});
  return {
    modelType,
    layers,
    hiddenSize,
    labels,
    vocabSize,
    parameters: cost?.parameters ?? 0,
    maxTokens,
    dtypes,
  };
}

function dataFacts({ sources }: Dataset): DataFacts[] {
  return sources.map(({ file, weight, numbers }) => ({
    name: basename(file),
    weight,
    examples: numbers.length,
  }));
}
