import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { asciiJson } from "../../files/ascii-json.js";
import { RankwrightError, show, type Warning } from "../../types/index.js";
import { journalFailure } from "./journal-failure.js";
import { lockJournal } from "./journal-lock.js";
import { JournalTotals } from "./journal-totals.js";
import { type Duplicate, isDuplicate, type Judgment, type JudgmentKey } from "./judgment.js";
import { JudgmentIndex } from "./judgment-index.js";
import { LineWriter } from "./line-writer.js";
import { readJournal, type TornLine } from "./read-journal.js";

/** Judgments that outlive the process: what was answered once is never asked again. */
export interface JudgmentJournal {
  readonly path: string;
  /** Questions that have an answer. */
  readonly size: number;
  /** Calls, tokens and costs of everything in it. */
  readonly totals: JournalTotals;
  /**
   * The preference that answers a question, null where the answer could not be used, or undefined where there
   * is none. A prompt that was answered under other ids counts, see `Judgment.copied`.
   *
   * @throws RankwrightError INVALID_JOURNAL where these ids were answered for another prompt
   */
  find(key: JudgmentKey): KnownJudgment | undefined;
  /** Resolves when the line is on disk. @throws RankwrightError INVALID_JOURNAL for a question that has an answer, WRITE_FAILED */
  add(judgment: Judgment): Promise<void>;
  /** Notes a document that is not judged since it reads like another; once. */
  addDuplicate(duplicate: Duplicate): Promise<void>;
  /** Waits for lines under way and lets other processes write. */
  close(): Promise<void>;
}

export interface KnownJudgment {
  readonly preference: number | null;
  /** Whether these very ids have a line. */
  readonly recorded: boolean;
}

export interface OpenJournalOptions {
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
 * @throws RankwrightError INVALID_JOURNAL for damage anywhere else, JOURNAL_LOCKED, WRITE_FAILED, ABORTED
 */
export async function openJudgmentJournal(
  path: string,
  options: OpenJournalOptions = {},
): Promise<JudgmentJournal> {
  await mkdir(dirname(path), { recursive: true }).catch((cause) =>
    Promise.reject(journalFailure(path, cause)),
  );
  const unlock = await lockJournal(path);
  try {
    return await openLocked(path, options, unlock);
  } catch (cause) {
    await unlock();
    throw cause;
  }
}

async function openLocked(
  path: string,
  { signal, onWarning }: OpenJournalOptions,
  unlock: () => Promise<void>,
): Promise<JudgmentJournal> {
  const index = new JudgmentIndex();
  const totals = new JournalTotals();
  const duplicates = new Set<string>();
  const file = await open(path, "a+").catch((cause) => Promise.reject(journalFailure(path, cause)));
  try {
    let torn: TornLine | undefined;
    for await (const entry of readJournal(path, { signal, onTorn: (line) => (torn = line) })) {
      if (isDuplicate(entry)) duplicates.add(nameOf(entry));
      else if (index.add(entry, entry.preference)) totals.add(entry);
    }
    if (torn) await putAside(file, path, torn, onWarning);
    const writer = new LineWriter(file, path, await closeLastLine(file));
    return {
      path,
      totals,
      get size() {
        return index.size;
      },
      find(key) {
        const known = index.find(key);
        if (known && !known.samePrompt) throw otherPrompt(path, key);
        const found = known ?? index.findPrompt(key);
        return found && { preference: found.preference, recorded: known !== undefined };
      },
      add(judgment) {
        if (!index.add(judgment, judgment.preference)) return Promise.reject(askedTwice(path, judgment));
        totals.add(judgment);
        return writer.add(`${asciiJson(judgment)}\n`);
      },
      async addDuplicate(duplicate) {
        if (duplicates.has(nameOf(duplicate))) return;
        duplicates.add(nameOf(duplicate));
        await writer.add(`${asciiJson(duplicate)}\n`);
      },
      async close() {
        await writer.close();
        await unlock();
      },
    };
  } catch (cause) {
    await file.close();
    throw RankwrightError.isInstance(cause) ? cause : journalFailure(path, cause);
  }
}

const nameOf = ({ query, duplicate }: Duplicate) => JSON.stringify([query, duplicate]);

/** First kept elsewhere, then cut. */
async function putAside(
  file: FileHandle,
  path: string,
  { line, offset, bytes }: TornLine,
  onWarning: OpenJournalOptions["onWarning"],
): Promise<void> {
  const aside = await open(`${path}.torn`, "a");
  try {
    await aside.appendFile(Buffer.concat([bytes, Buffer.from("\n")]));
    await aside.datasync();
  } finally {
    await aside.close();
  }
  await file.truncate(offset);
  const message = `${path}, line ${line} was cut short by a crash; its ${bytes.length} bytes were put aside in ${path}.torn, and its question is asked again.`;
  onWarning?.({ code: "torn_line", message });
}

/** A last line that is whole but for its line end gets one. @returns the size of the file */
async function closeLastLine(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  if (size === 0) return 0;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  if (buffer[0] === 0x0a) return size;
  await file.appendFile("\n");
  return size + 1;
}

function otherPrompt(path: string, { judge, query, documents }: JudgmentKey): RankwrightError {
  const message =
    `${path} holds what judge ${show(judge)} said of documents ${documents.map(show).join(" and ")} for query ${show(query)}, ` +
    "but to another prompt: a text, the template, the model or its settings have changed. Write to another file.";
  return new RankwrightError("INVALID_JOURNAL", message, { field: "hash", value: path });
}

function askedTwice(path: string, { judge, query, documents }: JudgmentKey): RankwrightError {
  const message = `${path} has an answer of judge ${show(judge)} to query ${show(query)}, documents ${documents.map(show).join(" and ")} already; ask \`find\` before asking a judge.`;
  return new RankwrightError("INVALID_JOURNAL", message, { field: "documents", value: documents });
}
