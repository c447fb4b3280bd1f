import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Sleep, sleep } from "../../http/sleep.js";
import { RankwrightError, show } from "../../types/index.js";
import { expandPath, type RepoPaths, repoPaths } from "./cache-layout.js";
import { type CachedSnapshot, inspectSnapshot } from "./cached-snapshot.js";
import { completeSnapshot } from "./complete-snapshot.js";
import type { DownloadProgress } from "./download-files.js";
import { type HubOptions, type HubSettings, hubSettings } from "./environment.js";
import type { HubConnection } from "./http.js";
import { listRepo, type RepoListing } from "./hub-client.js";
import { aborted, HubFailure } from "./hub-failure.js";
import { isCommit, type ModelReference, parseModelReference } from "./model-reference.js";
import { readRef } from "./revision-records.js";
import type { SelectOptions } from "./select-files.js";

export interface ResolveOptions extends HubOptions, SelectOptions {
  /** Branch, tag or commit; instead of `@revision` in the id. Default: `main`. */
  readonly revision?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Called with each piece of each file that is downloaded, four files at a time. The index of a sharded
   * checkpoint is fetched first and not reported.
   */
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined;
  /** Stands in for the global `fetch`, for example to go through a proxy. */
  readonly fetch?: typeof fetch | undefined;
  /** Failures in a row that are forgiven per request. Default: 5. */
  readonly retries?: number | undefined;
  /** Stands in for waiting between retries. */
  readonly sleep?: Sleep | undefined;
}

export interface ResolvedModel {
  /** The id without its revision, or the folder as it was given. */
  readonly id: string;
  /** Absolute path of the folder that holds the model's files. */
  readonly folder: string;
  /** `hub` when at least one file was downloaded. */
  readonly source: "folder" | "cache" | "hub";
  /** Branch, tag or commit that was asked for; absent for folders. */
  readonly revision?: string | undefined;
  /** Absent for folders. */
  readonly commit?: string | undefined;
  /** Why the hub could not confirm that the cached files are the revision's latest; worth a warning. */
  readonly unverified?: RankwrightError | undefined;
}

/**
 * Finds a model: an existing folder as it is, or a hub repository (`org/name`, `name`, `…@revision`) in
 * the cache shared with Python, downloading only the files that the model needs. A commit that is
 * complete in the cache costs no request, a branch costs one.
 *
 * @throws MODEL_NOT_FOUND, MODEL_FILE_MISSING, UNSUPPORTED_FEATURE, INVALID_OPTION, OFFLINE, ABORTED,
 *   DISK_FULL, CACHE_FAILED and the HUB_ codes
 */
export async function resolveModel(id: string, options: ResolveOptions = {}): Promise<ResolvedModel> {
  const { signal } = options;
  if (signal?.aborted) throw aborted(signal);
  const folder = await existingFolder(id, options);
  if (folder !== undefined) return { id, folder, source: "folder" };
  const reference = parseModelReference(id, options.revision);
  const settings = await hubSettings(options);
  const paths = repoPaths(settings.cacheDir, reference.id);
  const cached = await findCached(paths, reference, options);
  if (settings.offline) return offline(cached, reference, settings);
  if (cached.snapshot?.certain && cached.commit === reference.revision) return fromCache(cached, reference);
  const connection = connect(settings, options);
  let listing: RepoListing;
  try {
    // With something to fall back on there is no point in waiting for a hub that is away.
    listing = await listRepo(connection, reference, cached.snapshot === undefined ? connection.retries : 0);
  } catch (error) {
    if (cached.snapshot !== undefined && error instanceof HubFailure && error.code !== "HUB_NOT_FOUND") {
      return { ...fromCache(cached, reference), unverified: error };
    }
    throw error;
  }
  const { symlinks } = settings;
  const { variant, onProgress } = options;
  const task = { paths, reference, listing, symlinks, variant, onProgress };
  const downloaded = await completeSnapshot(connection, task);
  return {
    id: reference.id,
    folder: paths.snapshot(listing.commit),
    source: downloaded ? "hub" : "cache",
    revision: reference.revision,
    commit: listing.commit,
  };
}

async function existingFolder(id: string, options: ResolveOptions): Promise<string | undefined> {
  if (id === "") return undefined;
  const path = resolve(id.startsWith("~") ? expandPath(id, options.env ?? process.env) : id);
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() ? path : undefined;
}

function connect(settings: HubSettings, options: ResolveOptions): HubConnection {
  const retries = options.retries ?? 5;
  if (!Number.isInteger(retries) || retries < 0) {
    const message = `retries is ${show(retries)}: give a whole number from 0`;
    throw new RankwrightError("INVALID_OPTION", message, { field: "retries", value: retries });
  }
  const { endpoint, token, tokenSource, requestMs, stallMs } = settings;
  return {
    fetch: options.fetch ?? fetch,
    endpoint,
    token,
    tokenSource,
    requestMs,
    stallMs,
    retries,
    sleep: options.sleep ?? sleep,
    signal: options.signal,
  };
}

interface Cached {
  readonly folder: string | undefined;
  readonly commit: string | undefined;
  readonly snapshot: CachedSnapshot | undefined;
  /** Why there is no usable snapshot, where a commit is known. */
  readonly problem?: unknown;
}

async function findCached(
  paths: RepoPaths,
  reference: ModelReference,
  options: SelectOptions,
): Promise<Cached> {
  const { revision } = reference;
  const commit = isCommit(revision) ? revision : await readRef(paths, revision);
  if (commit === undefined) return { folder: undefined, commit, snapshot: undefined };
  const folder = paths.snapshot(commit);
  try {
    const snapshot = await inspectSnapshot(paths, commit, `the cached ${show(reference.id)}`, options);
    return { folder, commit, snapshot };
  } catch (problem) {
    return { folder, commit, snapshot: undefined, problem };
  }
}

function fromCache(cached: Cached, { id, revision }: ModelReference): ResolvedModel {
  return { id, folder: cached.folder as string, source: "cache", revision, commit: cached.commit };
}

function offline(cached: Cached, reference: ModelReference, settings: HubSettings): ResolvedModel {
  if (cached.snapshot !== undefined) return fromCache(cached, reference);
  const { problem } = cached;
  const place = `the cache ${show(settings.cacheDir)}`;
  const state =
    problem instanceof Error ? `is not complete in ${place} (${problem.message})` : `is not in ${place}`;
  throw new RankwrightError(
    "OFFLINE",
    `${show(reference.id)} at revision ${show(reference.revision)} ${state} and offline mode is on: download it once without HF_HUB_OFFLINE, or give a folder`,
    { field: "model", value: reference.id, cause: problem },
  );
}
