import { callLate } from "../../files/call-late.js";
import { RankwrightError, show, type Warning } from "../../types/index.js";
import { Breaker, type BreakerOptions } from "../breaker.js";
import { openRedis, type RedisClient } from "./redis-client.js";
import type { ScoreStore, StoredValues } from "./score-store.js";

export interface RedisStoreOptions {
  /** `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. */
  readonly url?: string | undefined;
  /** In place of a url: a connection of ioredis of your own, which closing the store leaves open. */
  readonly client?: RedisClient | undefined;
  /** Stands before every key. Default: `rankwright:`. */
  readonly prefix?: string | undefined;
  /** Seconds that a score is kept; a positive whole number. Default: 604,800, a week. */
  readonly ttlSeconds?: number | undefined;
  /** Milliseconds that a look may take. Default: 50. */
  readonly timeoutMs?: number | undefined;
  /** When a server that fails is left alone, and for how long. Default: after 3 failures, for 5 s. */
  readonly breaker?: BreakerOptions | undefined;
  /** Told when there is no connection at first. */
  readonly onWarning?: ((warning: Warning) => void) | undefined;
}

const WEEK = 7 * 24 * 3600;
const COOL_MS = 5000;
/** A list of keys, or of entries, is sent in parts, so that the server can answer others in between. */
const PART = 500;
/** Writing happens when nobody waits, and so may take longer than a look. */
const WRITE_PATIENCE = 20;

/**
 * Keeps scores in a Redis server that several processes share. A server that is slow, out of reach or wrong is gone
 * around: a look takes `timeoutMs` at most, and after a few failures none at all for a while.
 *
 * @throws RankwrightError INVALID_OPTION, MISSING_DEPENDENCY without the package ioredis
 */
export async function redisStore(options: RedisStoreOptions): Promise<ScoreStore> {
  const { prefix = "rankwright:", ttlSeconds = WEEK, timeoutMs = 50 } = options;
  for (const [field, value] of Object.entries({ ttlSeconds, timeoutMs })) {
    if (Number.isSafeInteger(value) && value > 0) continue;
    const message = `${field} is ${show(value)}; give a positive whole number`;
    throw new RankwrightError("INVALID_OPTION", message, { field, value });
  }
  const breaker = new Breaker({ coolMs: COOL_MS, ...options.breaker });
  const settings = { prefix, ttlSeconds, timeoutMs, breaker };
  if (options.client) return new RedisStore(options.client, { ...settings, own: false });
  const { client, problem } = await openRedis(options.url ?? "");
  if (problem) {
    options.onWarning?.({
      code: "cache_unavailable",
      message: `${problem}; scores are not kept until it can`,
    });
  }
  return new RedisStore(client, { ...settings, own: true });
}

interface RedisSettings {
  readonly prefix: string;
  readonly ttlSeconds: number;
  readonly timeoutMs: number;
  readonly breaker: Breaker;
  /** Whether the connection is the store's. */
  readonly own: boolean;
}

type Outcome<T> = { readonly value: T } | { readonly problem: string };

class RedisStore implements ScoreStore {
  readonly #client: RedisClient;
  readonly #settings: RedisSettings;

  constructor(client: RedisClient, settings: RedisSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  async getMany(keys: readonly string[]): Promise<StoredValues> {
    if (keys.length === 0) return { values: [] };
    const { prefix, timeoutMs } = this.#settings;
    const outcome = await this.#attempt(timeoutMs, () =>
      Promise.all(parts(keys).map((part) => this.#client.mgetBuffer(part.map((key) => prefix + key)))),
    );
    if ("problem" in outcome) return { values: keys.map(() => undefined), problem: outcome.problem };
    return { values: outcome.value.flat().map((value) => value ?? undefined) };
  }

  async setMany(entries: readonly (readonly [key: string, value: Uint8Array])[]): Promise<void> {
    const { prefix, ttlSeconds, timeoutMs } = this.#settings;
    for (const part of parts(entries)) {
      const commands = part.map(([key, value]) => [
        "set",
        prefix + key,
        Buffer.from(value),
        "EX",
        ttlSeconds,
      ]);
      const outcome = await this.#attempt(WRITE_PATIENCE * timeoutMs, async () => {
        const [first] = (await this.#client.pipeline(commands).exec()) ?? [];
        if (first?.[0]) throw first[0];
        return true;
      });
      // The next look will say so.
      if ("problem" in outcome) return;
    }
  }

  async close(): Promise<void> {
    if (this.#settings.own) this.#client.disconnect();
  }

  async #attempt<T>(patienceMs: number, work: () => Promise<T>): Promise<Outcome<T>> {
    const { breaker, own } = this.#settings;
    // Costs nothing to find out, and ends as soon as there is a connection.
    if (this.#client.status !== "ready") return { problem: "is not connected" };
    const trial = breaker.enter();
    if (!trial) return { problem: "is left alone for a while after failures" };
    let cancel = () => {};
    const late = new Promise<"late">((resolve) => {
      cancel = callLate(patienceMs, () => resolve("late"));
    });
    try {
      const value = await Promise.race([work(), late]);
      if (value !== "late") {
        trial.succeeded();
        return { value };
      }
      trial.failed();
      // What it never answers would otherwise wait in memory.
      if (own && breaker.isOpen) this.#client.disconnect(true);
      return { problem: `did not answer within ${patienceMs} ms` };
    } catch {
      // Errors of ioredis hold the command, and with it a password; its text is the server's own.
      trial.failed();
      return { problem: "refused the command" };
    } finally {
      cancel();
    }
  }
}

function parts<T>(list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / PART);
  return Array.from({ length: count }, (_, i) => list.slice(i * PART, (i + 1) * PART));
}
