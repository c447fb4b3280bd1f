import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { asciiJson } from "../../files/ascii-json.js";
import { writeError } from "../../files/write-error.js";
import { RankwrightError, type Warning } from "../../types/index.js";
import { lockJournal } from "./journal-lock.js";
import type { JournalTotals } from "./journal-totals.js";
import type { Duplicate, Judgment, JudgmentKey } from "./judgment.js";
import { askedTwice, JudgmentStore, type KnownJudgment } from "./judgment-store.js";
import { closeLastLine, putAside } from "./last-line.js";
import { LineWriter } from "./line-writer.js";
import { type ReadJournalOptions, readJournal, type TornLine } from "./read-journal.js";

/** What a journal knows. */
export interface KnownJudgments {
  readonly path: string;
  /** Questions that have an answer. */
  readonly size: number;
  /** Calls, tokens and costs of everything in it. */
  readonly totals: Pick<JournalTotals, "all" | "byJudge">;
  /**
   * The preference that answers a question; undefined where there is none. A prompt that was answered under other ids
   * counts, see `Judgment.copied`.
   *
   * @throws RankwrightError INVALID_JOURNAL where these ids were answered for another prompt
   */
  find(key: JudgmentKey): KnownJudgment | undefined;
}

/** Judgments that outlive the process: what was answered once is never asked again. */
export interface JudgmentJournal extends KnownJudgments {
  /** Resolves when the line is on disk. @throws RankwrightError INVALID_JOURNAL for a question that has an answer, DISK_FULL, WRITE_FAILED */
  add(judgment: Judgment): Promise<void>;
  /** Notes a document that is not judged since it reads like another; once. */
  addDuplicate(duplicate: Duplicate): Promise<void>;
  /** Waits for lines under way and lets other processes write. */
  close(): Promise<void>;
}

export interface OpenJournalOptions {
  /** Called with each judgment that the file holds. */
  readonly onJudgment?: ((judgment: Judgment) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onWarning?: ((warning: Warning) => void) | undefined;
}

/**
 * Opens a journal for writing, made where it does not exist: JSON Lines, one an answer, only ever added to.
 *
 * A line is on disk (write, then fdatasync; lines that come together share one) before `add` resolves, so
 * that neither a crash of the process nor one of the machine takes it back. What a crash leaves of a last line
 * is cut off and put aside in `NAME.torn`, with the warning `torn_line`. One process at a time may write, by
 * `NAME.lock`.
 *
 * @throws RankwrightError INVALID_JOURNAL for damage anywhere else, JOURNAL_LOCKED, DISK_FULL, WRITE_FAILED, ABORTED
 */
export async function openJudgmentJournal(
  path: string,
  options: OpenJournalOptions = {},
): Promise<JudgmentJournal> {
  await mkdir(dirname(path), { recursive: true }).catch((cause) => Promise.reject(writeError(path, cause)));
  const unlock = await lockJournal(path);
  try {
    return await openLocked(path, options, unlock);
  } catch (cause) {
    await unlock();
    throw cause;
  }
}

/**
 * What a journal knows, without writing to it or locking it; nothing where it does not exist. A last line cut short is
 * passed over.
 *
 * @throws RankwrightError INVALID_JOURNAL, ABORTED
 */
export async function loadJudgments(path: string, options: OpenJournalOptions = {}): Promise<KnownJudgments> {
  const store = new JudgmentStore(path);
  try {
    await readInto(store, path, options);
  } catch (error) {
    if (!(RankwrightError.isInstance(error) && error.code === "FILE_NOT_FOUND")) throw error;
  }
  return viewOf(store, path);
}

async function openLocked(
  path: string,
  options: OpenJournalOptions,
  unlock: () => Promise<void>,
): Promise<JudgmentJournal> {
  const store = new JudgmentStore(path);
  const file = await open(path, "a+").catch((cause) => Promise.reject(writeError(path, cause)));
  try {
    let torn: TornLine | undefined;
    await readInto(store, path, {
      ...options,
      onTorn: (line) => {
        torn = line;
      },
    });
    if (torn) options.onWarning?.(await putAside(file, path, torn));
    const writer = new LineWriter(file, path, await closeLastLine(file));
    return Object.assign(viewOf(store, path), {
      add(judgment: Judgment) {
        if (!store.add(judgment)) return Promise.reject(askedTwice(path, judgment));
        return writer.add(`${asciiJson(judgment)}\n`);
      },
      async addDuplicate(duplicate: Duplicate) {
        if (store.add(duplicate)) await writer.add(`${asciiJson(duplicate)}\n`);
      },
      async close() {
        await writer.close();
        await unlock();
      },
    });
  } catch (cause) {
    await file.close();
    throw writeError(path, cause);
  }
}

function viewOf(store: JudgmentStore, path: string): KnownJudgments {
  return {
    path,
    totals: store.totals,
    get size() {
      return store.size;
    },
    find: (key) => store.find(key),
  };
}

async function readInto(
  store: JudgmentStore,
  path: string,
  { signal, onJudgment, onTorn }: OpenJournalOptions & ReadJournalOptions,
): Promise<void> {
  for await (const entry of readJournal(path, { signal, onTorn })) {
    if (store.add(entry) && "hash" in entry) onJudgment?.(entry);
  }
}
