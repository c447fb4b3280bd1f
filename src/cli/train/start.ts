import { basename, join, resolve } from "node:path";
import type { Dataset, FirstTask, TokenizerFiles, UntrainedModelProgress } from "../../train/index.js";
import type { Io } from "../io.js";
import type { Progress } from "../terminal/progress.js";
import { wrongUsage } from "../usage-error.js";
import { type CommonValues, type NeededValues, SEED } from "./training-flags.js";

/** What a training starts from: a model's folder, or an architecture of which nothing is trained yet. */
export interface Start {
  /** Name of the architecture's file; undefined for a folder. */
  readonly architecture: string | undefined;
  /**
   * The folder to start from. An untrained model is created in it first, the same each time, so that a training
   * can be resumed.
   */
  folder(task: FirstTask, data: Dataset, progress: Progress): Promise<string>;
}

/** @throws RankwrightError WRONG_USAGE, and what is wrong with the files that are named */
export async function openStart(values: CommonValues & NeededValues, io: Io): Promise<Start> {
  const { start, architecture: file, vocabularySize } = values;
  if (file === undefined) {
    const folder = resolve(io.cwd, start as string);
    return { architecture: undefined, folder: async () => folder };
  }
  const { createUntrainedModel, readArchitecture } = await import("../../train/index.js");
  const architecture = await readArchitecture(resolve(io.cwd, file));
  const tokenizer = await readTokenizer(values, io);
  if (tokenizer === undefined && vocabularySize === undefined && architecture.vocab_size === undefined) {
    throw wrongUsage(`${file} has no vocab_size; add --vocabulary-size, or a --tokenizer`, {
      field: "vocabularySize",
    });
  }
  return {
    architecture: basename(file),
    async folder(task, data, progress) {
      const folder = join(resolve(io.cwd, values.out), "checkpoints", "start");
      const { seed = SEED } = values;
      await createUntrainedModel(folder, {
        ...{ architecture, task, tokenizer, vocabularySize, data, seed, signal: io.signal },
        onProgress: (now) => progress.update(described(now)),
      });
      return folder;
    },
  };
}

async function readTokenizer({ tokenizer }: CommonValues, io: Io): Promise<TokenizerFiles | undefined> {
  if (tokenizer === undefined) return undefined;
  const { readTokenizerFiles } = await import("../../train/index.js");
  return readTokenizerFiles(resolve(io.cwd, tokenizer));
}

function described(now: UntrainedModelProgress) {
  switch (now.stage) {
    case "read":
      return { text: "vocabulary: texts read:", done: now.texts };
    case "learn":
      return { text: "vocabulary: pieces learned:", done: now.pieces, total: now.size };
    case "rarity":
      return { text: "rarity of words: texts read:", done: now.texts };
  }
}
