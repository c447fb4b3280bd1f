import { lstat, readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Environment, hubCacheDir, type RepoPaths, repoPaths } from "./cache-layout.js";
import { filesUnder } from "./cached-snapshot.js";
import { fileSize } from "./disk.js";

export interface CachedFile {
  /** Slash path in the repository. */
  readonly file: string;
  readonly bytes: number;
}

export interface CachedRevision {
  readonly commit: string;
  /** Branches and tags that stand for this commit, sorted. */
  readonly refs: readonly string[];
  /** Absolute path of the snapshot. */
  readonly folder: string;
  readonly files: readonly CachedFile[];
}

export interface CachedModel {
  readonly id: string;
  readonly revisions: readonly CachedRevision[];
  /** Bytes on disk, unfinished downloads included; blobs that revisions share count once. */
  readonly bytes: number;
}

export interface ListCachedOptions {
  readonly cacheDir?: string | undefined;
  readonly env?: Environment | undefined;
}

/** The models in the cache, by id, whoever downloaded them. Datasets and damaged entries are left out. */
export async function listCachedModels(options: ListCachedOptions = {}): Promise<CachedModel[]> {
  const cacheDir =
    options.cacheDir === undefined ? hubCacheDir(options.env ?? process.env) : resolve(options.cacheDir);
  const folders = await readdir(cacheDir).catch(() => []);
  const models: CachedModel[] = [];
  for (const folder of folders.filter((name) => name.startsWith("models--")).sort()) {
    const id = folder.slice("models--".length).replaceAll("--", "/");
    const model = await readModel(repoPaths(cacheDir, id), id);
    if (model.revisions.length > 0) models.push(model);
  }
  return models;
}

async function readModel(paths: RepoPaths, id: string): Promise<CachedModel> {
  const refs = await readRefs(paths);
  const revisions: CachedRevision[] = [];
  let bytes = 0;
  for (const commit of (await readdir(paths.snapshots).catch(() => [])).sort()) {
    const folder = paths.snapshot(commit);
    const files: CachedFile[] = [];
    for (const file of await filesUnder(folder)) {
      const path = paths.pointer(commit, file);
      const size = (await fileSize(path)) ?? 0;
      files.push({ file, bytes: size });
      if (!(await lstat(path)).isSymbolicLink()) bytes += size;
    }
    if (files.length > 0) revisions.push({ commit, refs: refs.get(commit) ?? [], folder, files });
  }
  for (const blob of await readdir(paths.blobs).catch(() => [])) {
    bytes += (await fileSize(join(paths.blobs, blob))) ?? 0;
  }
  return { id, revisions, bytes };
}

/** Names of branches and tags by commit. */
async function readRefs(paths: RepoPaths): Promise<Map<string, string[]>> {
  const byCommit = new Map<string, string[]>();
  for (const ref of await filesUnder(paths.refs)) {
    if (ref.endsWith(".tmp")) continue;
    const commit = (await readFile(paths.ref(ref), "utf8").catch(() => "")).trim();
    byCommit.set(commit, [...(byCommit.get(commit) ?? []), ref]);
  }
  return byCommit;
}
