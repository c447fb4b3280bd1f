import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { isDiskFull } from "../../files/write-error.js";
import { RankwrightError, show } from "../../types/index.js";

/** The system's code of a failed file operation, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || RankwrightError.isInstance(error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** The cache that a file belongs to: the option or variable at fault, and the variable that moves it. */
export interface CachePlace {
  readonly field: string;
  readonly variable: string;
}

const HUB_CACHE: CachePlace = { field: "cacheDir", variable: "HF_HUB_CACHE" };

/** What a failed file operation under a cache means to the user. */
export function diskError(error: unknown, path: string, { field, variable } = HUB_CACHE): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const details = { field, value: path, cause: error };
  if (isDiskFull(error)) {
    const message = `no space left (${code}) for ${show(path)}: free some, or point ${variable} to another disk`;
    return new RankwrightError("DISK_FULL", message, details);
  }
  const message = `cannot write ${show(path)} (${code}): check its permissions, or point ${variable} elsewhere`;
  return new RankwrightError("CACHE_FAILED", message, details);
}

/** Runs a file operation; its failure becomes DISK_FULL or CACHE_FAILED. */
export async function onDisk<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw diskError(error, path);
  }
}

/** Eight hex digits that no other process uses. */
export function uniqueSuffix(): string {
  return randomBytes(4).toString("hex");
}

/** Bytes of the regular file behind a path, links followed; `undefined` when there is none. */
export async function fileSize(path: string): Promise<number | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() ? stats.size : undefined;
}

/** Writes a small file so that no reader ever sees half of it. */
export async function writeAtomically(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${uniqueSuffix()}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
