import { createHash } from "node:crypto";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
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

/**
 * A journal in a file of JSON Lines. What a crash left of a last line is cut off, and lines that are not
 * entries are passed over: their queries are simply asked again.
 *
 * @throws RankwrightError CACHE_FAILED
 */
export async function openJournal(path: string): Promise<Journal> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(path, "a+");
    const bytes = await file.readFile();
    const whole = bytes.lastIndexOf(0x0a) + 1;
    if (whole < bytes.length) await file.truncate(whole);
    const known = readEntries(bytes.toString("utf8", 0, whole));
    let written: Promise<unknown> = Promise.resolve();
    return {
      find: (inputs) => known.get(inputs),
      add(inputs, outcome) {
        known.set(inputs, outcome);
        const line = `${JSON.stringify({ inputs, outcome } satisfies Entry)}\n`;
        const done = written.then(() => file.appendFile(line)).catch((cause) => fail(path, cause));
        written = done.catch(() => undefined);
        return done;
      },
      async close() {
        await written;
        await file.close();
      },
    };
  } catch (cause) {
    return fail(path, cause);
  }
}

/** What an entry is found by: everything that the scores of one query depend on, besides the model. */
export function inputsOf(query: string, documents: readonly CorpusDocument[]): string {
  const hash = createHash("sha256");
  // Lengths first, so that no two lists of texts read the same.
  const add = (text: string) => hash.update(`${Buffer.byteLength(text)}:`).update(text);
  add(query);
  for (const { id, title = "", text } of documents) for (const part of [id, title, text]) add(part);
  return hash.digest("hex");
}

function readEntries(text: string): Map<string, QueryOutcome> {
  const known = new Map<string, QueryOutcome>();
  for (const line of text.split("\n")) {
    try {
      const { inputs, outcome } = JSON.parse(line) as Entry;
      if (outcome.ids.length === outcome.scores.length) known.set(inputs, outcome);
    } catch {
      // Not an entry.
    }
  }
  return known;
}

function fail(path: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new RankwrightError(
    "CACHE_FAILED",
    `the scores cannot be kept in ${path}: ${reason}; set RANKWRIGHT_CACHE to a folder that can be written`,
    { field: "RANKWRIGHT_CACHE", value: path, cause },
  );
}
