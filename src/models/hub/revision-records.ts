import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { RepoPaths } from "./cache-layout.js";
import { fileSize, onDisk, systemCode, writeAtomically } from "./disk.js";
import { isCommit } from "./model-reference.js";

/** The commit that a branch or tag had when it was last looked up. */
export async function readRef(paths: RepoPaths, revision: string): Promise<string | undefined> {
  const text = (await readFile(paths.ref(revision), "utf8").catch(() => "")).trim();
  return isCommit(text) ? text : undefined;
}

/** Remembers the commit of a branch or tag; a record that already says so is left alone. */
export async function writeRef(paths: RepoPaths, revision: string, commit: string): Promise<void> {
  if (revision === commit || (await readRef(paths, revision)) === commit) return;
  const path = paths.ref(revision);
  await onDisk(path, () => writeAtomically(path, commit));
}

/** Whether the cache knows that a repository has no such file at a commit. */
export async function knownAbsent(paths: RepoPaths, commit: string, file: string): Promise<boolean> {
  return (await fileSize(paths.noExist(commit, file))) !== undefined;
}

/** Remembers files that a repository does not have at a commit. */
export async function writeAbsent(paths: RepoPaths, commit: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    if (await knownAbsent(paths, commit, file)) continue;
    const path = paths.noExist(commit, file);
    await onDisk(path, async () => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, "", { flag: "a" });
    });
  }
}

/** All file names at a commit, where the Python client has left them. */
export async function readTree(paths: RepoPaths, commit: string): Promise<readonly string[] | undefined> {
  try {
    const tree = JSON.parse(await readFile(paths.tree(commit), "utf8")) as {
      format_version?: unknown;
      files?: unknown;
    } | null;
    if (tree?.format_version !== 1 || typeof tree.files !== "object" || tree.files === null) return undefined;
    return Object.keys(tree.files);
  } catch {
    return undefined;
  }
}

/** Marks the folder as a cache, so that backup programs skip it. */
export async function writeCacheTag(cacheDir: string): Promise<void> {
  const path = join(cacheDir, "CACHEDIR.TAG");
  const text =
    "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of models. See https://bford.info/cachedir/\n";
  await onDisk(path, async () => {
    await mkdir(cacheDir, { recursive: true });
    await writeFile(path, text, { flag: "wx" }).catch((error: unknown) => {
      if (systemCode(error) !== "EEXIST") throw error;
    });
  });
}
