import { createHash } from "node:crypto";
import { mkdir, readFile, realpath, rename, rm, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { type CachePlace, diskError, uniqueSuffix, writeAtomically } from "./hub/disk.js";

const GRAPH_CACHE: CachePlace = { field: "RANKWRIGHT_CACHE", variable: "RANKWRIGHT_CACHE" };

/** `$RANKWRIGHT_CACHE`, by default `~/.cache/rankwright`; holds converted graphs, safe to delete. */
export function graphCacheDir(env: Readonly<Record<string, string | undefined>> = process.env): string {
  if (env.RANKWRIGHT_CACHE) return resolve(env.RANKWRIGHT_CACHE);
  return join(env.XDG_CACHE_HOME || join(homedir(), ".cache"), "rankwright");
}

/**
 * The folder `<cache>/graphs/<key>`, filled by `make` unless it is there already. `make` writes into
 * a folder of its own, which is renamed when it is complete: of two processes that convert at the
 * same time, one wins and both use its result, and nothing half-written is ever seen.
 *
 * @throws RankwrightError DISK_FULL, CACHE_FAILED, and what `make` throws
 */
export async function cachedGraph(
  cacheDir: string,
  key: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheDir, "graphs", key);
  if (await exists(folder)) return folder;
  const draft = `${folder}.${uniqueSuffix()}.tmp`;
  try {
    await mkdir(draft, { recursive: true });
    await make(draft);
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    if (await exists(folder)) return folder;
    throw diskError(error, folder, GRAPH_CACHE);
  }
  return folder;
}

/**
 * sha256 of a checkpoint's weights. Weights in the hub's cache are named after theirs; for others
 * it is remembered until a file's size, time or inode changes.
 *
 * @param compute reads the files and returns their hash
 */
export async function checkpointHash(
  cacheDir: string,
  files: readonly string[],
  compute: () => Promise<string>,
): Promise<string> {
  const paths = await Promise.all(files.map((file) => realpath(file)));
  const [only] = paths;
  if (paths.length === 1 && only !== undefined && isHubBlob(only)) return basename(only);
  const facts = await Promise.all(
    paths.map(async (path) => {
      const { size, mtimeNs, ino } = await stat(path, { bigint: true });
      return `${path}\0${size}\0${mtimeNs}\0${ino}`;
    }),
  );
  const stamp = join(cacheDir, "hashes", sha256(facts.join("\0\0")));
  const known = await readFile(stamp, "utf8").catch(() => "");
  if (/^[0-9a-f]{64}$/.test(known)) return known;
  const hash = await compute();
  await writeAtomically(stamp, hash).catch((error: unknown) => {
    throw diskError(error, stamp, GRAPH_CACHE);
  });
  return hash;
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function isHubBlob(path: string): boolean {
  return basename(dirname(path)) === "blobs" && /^[0-9a-f]{64}$/.test(basename(path));
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
