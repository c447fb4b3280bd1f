import { callLate } from "../../files/call-late.js";
import { importOptional } from "../../files/import-optional.js";
import { RankwrightError } from "../../types/index.js";

/** What the store needs of a connection; one of ioredis is meant. */
export interface RedisClient {
  /** `ready` when commands are taken. */
  readonly status: string;
  mgetBuffer(keys: string[]): Promise<(Buffer | null)[]>;
  pipeline(commands: unknown[][]): { exec(): Promise<[Error | null, unknown][] | null> };
  /** Drops what it waits for, and connects anew where `reconnect`. */
  disconnect(reconnect?: boolean): void;
}

/** How long somebody who opens a store waits for the first connection. */
const FIRST_MS = 1000;
const RETRY_MS = [100, 5000] as const;

export interface OpenedRedis {
  readonly client: RedisClient;
  /** Why there is no connection yet; it goes on trying. */
  readonly problem?: string | undefined;
}

/**
 * Connects to a server at `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. A server out of
 * reach is tried again and again in the background.
 *
 * @throws RankwrightError INVALID_OPTION for what is no such address, MISSING_DEPENDENCY without ioredis
 */
export async function openRedis(url: string): Promise<OpenedRedis> {
  const address = parseUrl(url);
  const { Redis } = await importOptional("ioredis", "a cache in Redis", () => import("ioredis"));
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: FIRST_MS,
    // A command that cannot be sent now is not worth sending later.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(RETRY_MS[1], RETRY_MS[0] * 2 ** times),
  });
  // Without a listener an error would end the process.
  let problem = "no answer";
  client.on("error", (error: NodeJS.ErrnoException) => {
    problem = withoutPassword(error.message || error.code || String(error), address);
  });
  let cancel = () => {};
  const late = new Promise<void>((resolve) => {
    cancel = callLate(FIRST_MS, resolve);
  });
  await Promise.race([client.connect().catch(() => undefined), late]);
  cancel();
  if (client.status === "ready") return { client };
  return { client, problem: `Redis at ${address.protocol}//${address.host} cannot be reached: ${problem}` };
}

/** @throws RankwrightError INVALID_OPTION, without the address: it may hold a password */
function parseUrl(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address && /^rediss?:$/.test(address.protocol) && address.hostname !== "") return address;
  const message =
    "redis is no address of a Redis server; give redis://host:6379/0, or rediss:// for TLS, with user:password@ before the host where it wants them";
  throw new RankwrightError("INVALID_OPTION", message, { field: "redis" });
}

function withoutPassword(message: string, { password }: URL): string {
  if (password === "") return message;
  let plain = password;
  try {
    plain = decodeURIComponent(password);
  } catch {
    // It was meant as it stands.
  }
  return message.replaceAll(plain, "***").replaceAll(password, "***");
}
