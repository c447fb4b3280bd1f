import { RankwrightError, show } from "../../types/index.js";
import type { RepoPaths } from "./cache-layout.js";
import { shardsOf } from "./cached-snapshot.js";
import { fileSize } from "./disk.js";
import { type DownloadJob, downloadFiles } from "./download-files.js";
import type { HubConnection } from "./http.js";
import type { RepoListing } from "./hub-client.js";
import type { ModelReference } from "./model-reference.js";
import { writeAbsent, writeCacheTag, writeRef } from "./revision-records.js";
import { type SelectOptions, selectFiles } from "./select-files.js";

export interface SnapshotTask extends SelectOptions, Pick<DownloadJob, "symlinks" | "onProgress"> {
  readonly paths: RepoPaths;
  readonly reference: ModelReference;
  readonly listing: RepoListing;
}

/**
 * Brings the snapshot of a listing's commit up to what the model needs, and records what is then known:
 * the commit of the revision, and which files the repository does not have.
 * Resolves to whether any file was missing.
 */
export async function completeSnapshot(connection: HubConnection, task: SnapshotTask): Promise<boolean> {
  const { paths, reference, listing } = task;
  const { commit } = listing;
  const where = `${show(reference.id)} at revision ${show(reference.revision)}`;
  const selection = selectFiles(listing.files, where, task);
  // Which shards there are stands in the index.
  const index = selection.weights.format === "sharded" ? [selection.weights.file] : [];
  const gotIndex = await fetchMissing(connection, { ...task, onProgress: undefined }, index);
  const shards = await shardsOf(paths, commit, selection, where);
  const unlisted = shards.find((shard) => !listing.files.includes(shard));
  if (unlisted !== undefined) {
    const message = `${where} has no ${show(unlisted)}, which its index names: choose another revision`;
    throw new RankwrightError("MODEL_FILE_MISSING", message, { field: unlisted });
  }
  const gotFiles = await fetchMissing(connection, task, [...selection.files, ...shards]);
  try {
    // Last, so that a snapshot cut short is never taken for a complete one.
    await writeAbsent(paths, commit, selection.absent);
    await writeRef(paths, reference.revision, commit);
  } catch (error) {
    // A complete cache on a read-only disk is as good as any.
    if (gotIndex || gotFiles) throw error;
  }
  return gotIndex || gotFiles;
}

/** Downloads those files that the snapshot lacks. Resolves to whether there were any. */
async function fetchMissing(
  connection: HubConnection,
  { paths, reference, listing, symlinks, onProgress }: SnapshotTask,
  wanted: readonly string[],
): Promise<boolean> {
  const { commit } = listing;
  const sizes = await Promise.all(wanted.map((file) => fileSize(paths.pointer(commit, file))));
  const files = wanted.filter((_, index) => sizes[index] === undefined);
  if (files.length === 0) return false;
  await writeCacheTag(paths.cacheDir);
  await downloadFiles(connection, { paths, repository: reference.id, commit, files, symlinks, onProgress });
  return true;
}
