import { memoryStore, redisStore, type ScoreStore, tieredStore } from "../rerank/index.js";
import { RankwrightError, show, type Warning } from "../types/index.js";

/** Where exact scores are remembered; with both, memory is asked first. */
export interface CacheOptions {
  /** Megabytes in this process; about 4,000 pairs each. */
  readonly memoryMb?: number | undefined;
  /** Address of a Redis server that several processes share; needs the package ioredis. */
  readonly redis?: string | undefined;
  /** Seconds that Redis keeps a score. Default: a week. */
  readonly ttlSeconds?: number | undefined;
}

const MEGABYTE = 2 ** 20;

/** @throws RankwrightError INVALID_OPTION, MISSING_DEPENDENCY without ioredis */
export async function openStore(
  { memoryMb, redis, ttlSeconds }: CacheOptions,
  onWarning?: (warning: Warning) => void,
): Promise<ScoreStore> {
  if (memoryMb !== undefined && !(memoryMb > 0 && memoryMb < Number.POSITIVE_INFINITY)) {
    const message = `cache.memoryMb is ${show(memoryMb)}; give megabytes above 0`;
    throw new RankwrightError("INVALID_OPTION", message, { field: "cache.memoryMb", value: memoryMb });
  }
  const near = memoryMb === undefined ? undefined : memoryStore({ maxBytes: Math.ceil(memoryMb * MEGABYTE) });
  if (redis === undefined) {
    if (near) return near;
    const message = "cache names no place; give memoryMb, redis or both";
    throw new RankwrightError("INVALID_OPTION", message, { field: "cache" });
  }
  const far = await redisStore({ url: redis, ttlSeconds, onWarning });
  return near ? tieredStore(near, far) : far;
}

export function isStore(cache: CacheOptions | ScoreStore): cache is ScoreStore {
  return "getMany" in cache;
}
