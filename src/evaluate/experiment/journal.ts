import { createHash } from "node:crypto";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { asciiJson } from "../../files/ascii-json.js";
import { openBytes } from "../../files/open-bytes.js";
import { readLines } from "../../files/read-lines.js";
import { isDiskFull } from "../../files/write-error.js";
import { RankwrightError } from "../../types/index.js";
import type { CorpusDocument } from "../collection/collection.js";
import type { QueryOutcome } from "./query-outcome.js";

/** Outcomes that outlive the process, so that an interrupted experiment goes on where it stopped. */
export interface Journal {
  /** The outcome recorded for exactly these inputs. */
  find(inputs: string): QueryOutcome | undefined;
  /** Resolves when the outcome has been handed to the operating system. */
  add(inputs: string, outcome: QueryOutcome): Promise<void>;
  close(): Promise<void>;
}

interface Entry {
  readonly inputs: string;
  readonly outcome: QueryOutcome;
}

export interface JournalOptions {
  /** Forget what the file holds. */
  readonly fresh?: boolean | undefined;
}

/**
 * A journal in a file of JSON Lines, made where it does not exist. Lines that are no entries, such as what a
 * crash left of the last one, are passed over: their queries are simply asked again.
 *
 * @throws RankwrightError DISK_FULL, CACHE_FAILED, LINE_TOO_LONG
 */
export async function openJournal(path: string, { fresh = false }: JournalOptions = {}): Promise<Journal> {
  const file = await openFile(path, fresh ? "w" : "a+");
  const known = new Map<string, QueryOutcome>();
  try {
    for await (const { text } of readLines(openBytes(path), path)) readEntry(text, known);
    // Whatever stands there, the next entry begins a line of its own.
    await file.appendFile("\n");
  } catch (cause) {
    await file.close();
    throw RankwrightError.isInstance(cause) && cause.code !== "FILE_NOT_FOUND" ? cause : failure(path, cause);
  }
  let written: Promise<unknown> = Promise.resolve();
  return {
    find: (inputs) => known.get(inputs),
    add(inputs, outcome) {
      known.set(inputs, outcome);
      const line = `${asciiJson({ inputs, outcome } satisfies Entry)}\n`;
      const done = written.then(async () => {
        await file.appendFile(line).catch((cause: unknown) => Promise.reject(failure(path, cause)));
      });
      written = done.catch(() => undefined);
      return done;
    },
    async close() {
      await written;
      await file.close();
    },
  };
}

async function openFile(path: string, flags: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await open(path, flags);
  } catch (cause) {
    throw failure(path, cause);
  }
}

/** What an entry is found by: everything that the scores of one query depend on, besides the model. */
export function inputsOf(query: string, documents: readonly CorpusDocument[]): string {
  const hash = createHash("sha256");
  // Lengths first, so that no two lists of texts read the same.
  const add = (text: string) => hash.update(`${Buffer.byteLength(text)}:`).update(text);
  add(query);
  for (const { id, title = "", text, score = "" } of documents) {
    for (const part of [id, title, text, String(score)]) add(part);
  }
  return hash.digest("hex");
}

function readEntry(text: string, known: Map<string, QueryOutcome>): void {
  try {
    const { inputs, outcome } = JSON.parse(text) as Entry;
    const { ids, scores } = outcome;
    if (ids.length === scores.length && scores.every(Number.isFinite)) known.set(inputs, outcome);
  } catch {
    // Not an entry.
  }
}

function failure(path: string, cause: unknown): RankwrightError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RankwrightError(
    isDiskFull(cause) ? "DISK_FULL" : "CACHE_FAILED",
    `scores cannot be kept in ${path}: ${reason}; set RANKWRIGHT_CACHE to a folder that can be written`,
    { field: "RANKWRIGHT_CACHE", value: path, cause },
  );
}
