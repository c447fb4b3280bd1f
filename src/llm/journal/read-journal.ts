import { lineBlocks } from "../../files/line-blocks.js";
import { openBytes } from "../../files/open-bytes.js";
import { RankwrightError } from "../../types/index.js";
import type { JournalEntry } from "./judgment.js";
import { parseEntry } from "./parse-entry.js";

/** What a crash left of the last line. */
export interface TornLine {
  /** Line it stands on; 1 for the first. */
  readonly line: number;
  /** Bytes before it: what is whole of the file. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

export interface ReadJournalOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with what is left of a last line that is not whole. Nothing is cut. */
  readonly onTorn?: ((torn: TornLine) => void) | undefined;
}

const NEWLINE = 0x0a;
const BEGINNINGS = ['{"hash":"', '{"duplicate":"'];

/**
 * The entries of a journal, in their order; gzip is read too. A last line that is not whole is what a crash
 * leaves behind: it is no entry. Blank lines are passed over.
 *
 * @throws RankwrightError INVALID_JOURNAL for damage anywhere else and for what is no journal, naming the
 *   line; FILE_NOT_FOUND, LINE_TOO_LONG, ABORTED
 */
export async function* readJournal(
  path: string,
  options: ReadJournalOptions = {},
): AsyncGenerator<JournalEntry> {
  const { signal, onTorn } = options;
  let bad: (TornLine & { readonly cause: unknown }) | undefined;
  let line = 0;
  let offset = 0;
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for await (const block of lineBlocks(openBytes(path, { signal }), path)) {
    for (let start = 0; start < block.length; ) {
      const newline = block.indexOf(NEWLINE, start);
      const end = newline < 0 ? block.length : newline + 1;
      const bytes = block.subarray(start, end);
      line++;
      if (bad) throw damaged(path, bad);
      let entry: JournalEntry | undefined;
      try {
        const text = decoder.decode(bytes);
        if (text.trim() !== "") entry = parseEntry(text);
      } catch (cause) {
        bad = { line, offset, bytes: Buffer.from(bytes), cause };
      }
      if (entry) yield entry;
      start = end;
      offset += bytes.length;
    }
  }
  if (!bad) return;
  if (!isTorn(bad.bytes)) throw damaged(path, bad);
  onTorn?.(bad);
}

/** Whether these bytes are the beginning of an entry, followed by nothing or by zeros, as file systems fill in. */
function isTorn(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes)
    .toString("latin1")
    .replace(/\0+\n?$/, "");
  return BEGINNINGS.some((start) =>
    text.length < start.length ? start.startsWith(text) : text.startsWith(start),
  );
}

function damaged(
  path: string,
  { line, cause }: { readonly line: number; readonly cause: unknown },
): RankwrightError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const mend = "restore the file, or take the line out; its question is then asked again";
  return new RankwrightError("INVALID_JOURNAL", `${path}, line ${line} is no judgment: ${reason}; ${mend}.`, {
    field: `line ${line}`,
    value: path,
    cause,
  });
}
