import { readFileSync } from "node:fs";
import { link, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { writeError } from "../../files/write-error.js";
import { RankwrightError } from "../../types/index.js";

/** Who writes a journal. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, where the system tells: a later process may have the same number. */
  readonly started?: string | undefined;
}

/** A holder on another machine gives a sign of life this often … */
const BEAT_MS = 10_000;
/** … and is taken for dead after this long. */
const SILENCE_MS = 60_000;
/** What file systems without hard links say. */
const NO_LINKS: readonly (string | undefined)[] = ["EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP"];

/**
 * Makes a journal this process's own, by a file beside it: `NAME.lock`. A lock that a dead process left behind
 * is taken over.
 *
 * @returns gives it back
 * @throws RankwrightError JOURNAL_LOCKED, DISK_FULL, WRITE_FAILED
 */
export async function lockJournal(path: string): Promise<() => Promise<void>> {
  const lock = `${path}.lock`;
  try {
    if (!(await create(lock))) await takeOver(lock, path);
  } catch (cause) {
    throw writeError(path, cause);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => undefined);
  }, BEAT_MS).unref();
  return async () => {
    clearInterval(beat);
    await rm(lock, { force: true });
  };
}

let drafts = 0;

/** False where it exists. A link is there with all it says, or not at all, whenever the process dies. */
async function create(lock: string): Promise<boolean> {
  const text = JSON.stringify({
    pid: process.pid,
    host: hostname(),
    started: startOf(process.pid),
  } satisfies Holder);
  const draft = `${lock}.${process.pid}.${++drafts}`;
  try {
    await writeFile(draft, text);
    await link(draft, lock).catch((cause: NodeJS.ErrnoException) => {
      if (!NO_LINKS.includes(cause.code)) throw cause;
      return writeFile(lock, text, { flag: "wx" });
    });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw cause;
  } finally {
    await rm(draft, { force: true });
  }
}

/** One process at a time may do so, or two could each remove the other's fresh lock. */
async function takeOver(lock: string, path: string): Promise<void> {
  const right = `${lock}.takeover`;
  // Only that of somebody known to be dead: it may be somebody's first moment.
  if ((await holderOf(right)) && !(await holderLives(right))) await rm(right, { force: true });
  if (!(await create(right))) throw locked(path, await holderOf(right));
  try {
    if (await holderLives(lock)) throw locked(path, await holderOf(lock));
    await rm(lock, { force: true });
    if (!(await create(lock))) throw locked(path, await holderOf(lock));
  } finally {
    await rm(right, { force: true });
  }
}

/** Undefined where the lock has gone, or holds what no process of ours writes. */
async function holderOf(lock: string): Promise<Holder | undefined> {
  try {
    const holder: Partial<Holder> = JSON.parse(await readFile(lock, "utf8"));
    return typeof holder.pid === "number" && typeof holder.host === "string" ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

async function holderLives(lock: string): Promise<boolean> {
  const holder = await holderOf(lock);
  if (holder === undefined) return false;
  if (holder.host !== hostname()) {
    const found = await stat(lock).catch(() => undefined);
    return found !== undefined && Date.now() - found.mtimeMs < SILENCE_MS;
  }
  try {
    process.kill(holder.pid, 0);
  } catch (cause) {
    // Another user's process may not be asked, but it lives.
    if ((cause as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const started = startOf(holder.pid);
  return holder.started === undefined || started === undefined || holder.started === started;
}

/** On Linux, the 22nd field of /proc/PID/stat: clock ticks from boot to the start of the process. */
function startOf(pid: number): string | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field, the name, may hold spaces and brackets.
    return line.slice(line.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function locked(path: string, holder: Holder | undefined): RankwrightError {
  const who = holder ? `process ${holder.pid} on ${holder.host}` : "another process";
  return new RankwrightError(
    "JOURNAL_LOCKED",
    `${path} is being written by ${who}; wait for it to end, or write to another file.`,
    { field: "file", value: path },
  );
}
