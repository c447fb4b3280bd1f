import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { RankwrightError, show } from "../../types/index.js";
import type { RepoPaths } from "./cache-layout.js";
import { fileSize } from "./disk.js";
import { knownAbsent, readTree } from "./revision-records.js";
import { type FileSelection, type SelectOptions, selectFiles } from "./select-files.js";
import { shardNames } from "./shards.js";

/** What the cache holds of a model at a commit. */
export interface CachedSnapshot {
  /**
   * Nothing the model needs is missing, and the cache also knows that no optional file is. Without it the
   * model loads, but the hub may have side files that were never fetched.
   */
  readonly certain: boolean;
}

/**
 * Looks at a snapshot without the network; `undefined` when there is none.
 * @throws MODEL_FILE_MISSING (or what `selectFiles` says) when the model could not be loaded from it
 */
export async function inspectSnapshot(
  paths: RepoPaths,
  commit: string,
  where: string,
  options: SelectOptions,
): Promise<CachedSnapshot | undefined> {
  const present = new Set(await filesUnder(paths.snapshot(commit)));
  if (present.size === 0) return undefined;
  const selection = selectFiles(present, where, options);
  const shards = await shardsOf(paths, commit, selection, where);
  const gone = shards.filter((shard) => !present.has(shard));
  if (gone.length > 0) {
    throw new RankwrightError("MODEL_FILE_MISSING", `${where} lacks ${gone.map(show).join(", ")}`, {
      field: gone[0],
    });
  }
  const tree = await readTree(paths, commit);
  if (tree !== undefined) {
    const { files } = selectFiles(tree, where, options);
    return { certain: files.every((file) => present.has(file)) };
  }
  const absences = await Promise.all(selection.absent.map((file) => knownAbsent(paths, commit, file)));
  return { certain: absences.every(Boolean) };
}

/** The shards that the index of a selection names, read from the snapshot; none for other weights. */
export async function shardsOf(
  paths: RepoPaths,
  commit: string,
  { weights }: FileSelection,
  where: string,
): Promise<string[]> {
  if (weights.format !== "sharded") return [];
  return shardNames(await readFile(paths.pointer(commit, weights.file), "utf8"), where);
}

/** Slash paths of the files below a folder, links to nothing excluded; empty when there is no folder. */
export async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: string[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await fileSize(path)) !== undefined) {
      files.push(path.slice(folder.length + 1).replaceAll("\\", "/"));
    }
  }
  return files.sort();
}
