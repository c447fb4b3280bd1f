import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { RankwrightError, show } from "../../types/index.js";
import { type Checkpoint, OpenCheckpoint } from "./checkpoint.js";
import { invalid, unreadable } from "./errors.js";
import { openShard, type Shard } from "./shard.js";
import { INDEX_FILE, readShardIndex } from "./shard-index.js";

const SINGLE_FILE = "model.safetensors";

/**
 * Opens the safetensors files of a model folder: `model.safetensors`, else the shards that
 * `model.safetensors.index.json` names.
 *
 * @throws RankwrightError FILE_NOT_FOUND, MODEL_FILE_MISSING, INVALID_SAFETENSORS
 */
export async function openCheckpoint(dir: string): Promise<Checkpoint> {
  const present = await readdir(dir).catch((cause: unknown) => {
    throw unreadable(dir, cause);
  });
  if (present.includes(SINGLE_FILE)) {
    const shard = await openShard(join(dir, SINGLE_FILE));
    const located = new Map([...shard.tensors.keys()].map((name) => [name, SINGLE_FILE]));
    return new OpenCheckpoint(dir, new Map([[SINGLE_FILE, shard]]), located);
  }
  if (!present.includes(INDEX_FILE)) throw noWeights(dir, present);
  const { files: located, bytes } = await readShardIndex(dir);
  const shards = new Map<string, Shard>();
  try {
    for (const file of [...new Set(located.values())].sort()) {
      shards.set(file, await openShard(join(dir, file)));
    }
    for (const [name, file] of located) {
      if (shards.get(file)?.tensors.has(name)) continue;
      throw invalid(join(dir, INDEX_FILE), `weight_map: ${show(name)}`, file, "a shard without that tensor");
    }
  } catch (error) {
    await Promise.all([...shards.values()].map((shard) => shard.close()));
    throw error;
  }
  return new OpenCheckpoint(dir, shards, located, bytes);
}

function noWeights(dir: string, present: readonly string[]): RankwrightError {
  const pickle = present.find((file) => /^pytorch_model.*\.(bin|bin\.index\.json)$/.test(file));
  const other = present.find((file) => file.endsWith(".safetensors"));
  const mend =
    pickle !== undefined
      ? `It holds ${show(pickle)}, a Python pickle: convert it once with ` +
        "AutoModelForSequenceClassification.from_pretrained(dir).save_pretrained(dir)."
      : other !== undefined
        ? `It holds ${show(other)}: if these are the whole model's weights, rename the file; an adapter must be ` +
          "merged into its base model first."
        : "Fetch the model's weights too.";
  const message = `the model folder ${dir} has neither ${SINGLE_FILE} nor ${INDEX_FILE}. ${mend}`;
  return new RankwrightError("MODEL_FILE_MISSING", message, { field: "dir", value: dir });
}
