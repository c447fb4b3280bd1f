import { readlinkSync } from "node:fs";
import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { systemCode, writeAtomically } from "./disk.js";
import { pause, type RetryPolicy } from "./retry.js";

/**
 * A lock file per blob, so that two downloads of one file do not fetch it twice. Best effort: whoever
 * gets past it writes to a file of its own and renames that into place, so the cache stays correct when
 * the lock fails.
 *
 * The lock also remembers which partial file its owner was writing. A later download may take that file
 * over (by renaming it, which only one can) once the owner is known to be gone: it parked the lock, or
 * it ran on this machine and no longer exists. From an owner that has merely been silent for long only
 * the lock is taken, never the file, since it may wake up and write on.
 */
export interface BlobLock {
  /** Partial file of an owner that is gone, as a name within the blobs folder. */
  readonly orphan: string | undefined;
  /** Done, nothing to remember. */
  release(): Promise<void>;
  /** Gives the lock up but remembers the partial file for whoever comes next. */
  park(): Promise<void>;
}

/** An owner that has not touched its lock for this long is taken for gone. */
const SILENT_MS = 60_000;
const HEARTBEAT_MS = 5_000;
const POLL_MS = 100;

interface Owner {
  /** 0 once parked. */
  readonly pid: number;
  readonly host: string;
  readonly incomplete: string;
}

/** Process ids mean something only within one machine and one pid namespace. */
const HOST = (() => {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return hostname();
  }
})();

/** Waits for the lock of a blob. @param incomplete name of the partial file that the caller will write */
export async function lockBlob(
  path: string,
  incomplete: string,
  policy: Pick<RetryPolicy, "sleep" | "signal">,
): Promise<BlobLock> {
  const mine = JSON.stringify({ pid: process.pid, host: HOST, incomplete } satisfies Owner);
  try {
    await mkdir(dirname(path), { recursive: true });
    for (;;) {
      if (await create(path, mine)) return held(path, mine, incomplete, undefined);
      const found = await inspect(path);
      if (found.free) {
        // Two may get here at once and both go on: each then writes its own file, at worst in vain.
        await writeAtomically(path, mine);
        return held(path, mine, incomplete, found.orphan);
      }
      await pause(POLL_MS, policy);
    }
  } catch (error) {
    // Locks that cannot be read or written are no reason to fail.
    if (systemCode(error) === undefined) throw error;
    return { orphan: undefined, release: nothing, park: nothing };
  }
}

/** False when somebody's lock is there. */
async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function nothing(): Promise<void> {}

async function inspect(path: string): Promise<{ free: boolean; orphan?: string | undefined }> {
  let text: string;
  let mtimeMs: number;
  try {
    [text, { mtimeMs }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
  } catch (error) {
    // Released in the meantime: the next round tries to create it.
    if (systemCode(error) === "ENOENT") return { free: false };
    throw error;
  }
  const silent = Date.now() - mtimeMs > SILENT_MS;
  const owner = parseOwner(text);
  if (owner === undefined) return { free: silent };
  if (owner.pid === 0 || (owner.host === HOST && !isRunning(owner.pid))) {
    return { free: true, orphan: owner.incomplete };
  }
  return { free: silent };
}

function parseOwner(text: string): Owner | undefined {
  try {
    const { pid, host, incomplete } = JSON.parse(text) as Partial<Record<keyof Owner, unknown>>;
    if (typeof pid !== "number" || typeof host !== "string" || typeof incomplete !== "string")
      return undefined;
    return /^[\w-]+\.[0-9a-f]{8}\.incomplete$/.test(incomplete) ? { pid, host, incomplete } : undefined;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== "ESRCH";
  }
}

function held(path: string, mine: string, incomplete: string, orphan: string | undefined): BlobLock {
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(nothing);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  const stillMine = async () => (await readFile(path, "utf8").catch(() => "")) === mine;
  return {
    orphan,
    async release() {
      clearInterval(heartbeat);
      if (await stillMine()) await rm(path, { force: true }).catch(nothing);
    },
    async park() {
      clearInterval(heartbeat);
      const parked = JSON.stringify({ pid: 0, host: HOST, incomplete } satisfies Owner);
      if (await stillMine()) await writeAtomically(path, parked).catch(nothing);
    },
  };
}
