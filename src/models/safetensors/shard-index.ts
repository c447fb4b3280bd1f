import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { show } from "../../types/index.js";
import { pathProblem } from "../hub/safe-path.js";
import { invalid, unreadable } from "./errors.js";
import { isObject, parseObject } from "./header.js";

export const INDEX_FILE = "model.safetensors.index.json";

/** Which tensor lies in which shard. */
export interface ShardIndex {
  /** Tensor name to the path of its file inside the folder. */
  readonly files: ReadonlyMap<string, string>;
  /** The index as it stands on disk. */
  readonly bytes: Uint8Array;
}

/**
 * Reads model.safetensors.index.json and checks that the files it names exist inside the folder.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_SAFETENSORS
 */
export async function readShardIndex(dir: string): Promise<ShardIndex> {
  const path = join(dir, INDEX_FILE);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  const { weight_map: weightMap } = parseObject(path, "index", bytes);
  if (!isObject(weightMap)) throw invalid(path, "weight_map", weightMap, "not a JSON object");
  const files = new Map<string, string>();
  const present = new Set<string>();
  for (const [name, file] of Object.entries(weightMap)) {
    const problem = typeof file === "string" ? pathProblem(file) : "is not a file name";
    if (typeof file !== "string" || problem !== undefined) {
      throw invalid(path, `weight_map: ${show(name)}`, file, `which ${problem}`);
    }
    if (!present.has(file)) {
      await access(join(dir, file)).catch((cause: unknown) => {
        const mend = "Fetch the missing shard.";
        throw invalid(path, `weight_map: ${show(name)}`, file, "a file that the folder does not hold", {
          mend,
          cause,
        });
      });
      present.add(file);
    }
    files.set(name, file);
  }
  return { files, bytes };
}
