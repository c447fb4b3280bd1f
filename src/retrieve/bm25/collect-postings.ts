import type { CorpusDocument } from "../../evaluate/collection/collection.js";
import { RankwrightError, show } from "../../types/index.js";
import type { Analyzer } from "../analysis/analyzer.js";
import { detached } from "../analysis/detached.js";
import { eventLoopTurns } from "../event-loop-turns.js";
import { GrowingUint32 } from "./growing-uint32.js";

/** Which documents hold which terms how often. */
export interface Postings {
  /** Ids of the documents in the order in which they came. */
  readonly ids: readonly string[];
  /** Terms of each document, repetitions included. */
  readonly documentLengths: Uint32Array;
  /** Number of each term. */
  readonly terms: ReadonlyMap<string, number>;
  /** The postings of term t are those from termStarts[t] to termStarts[t + 1]. */
  readonly termStarts: Uint32Array;
  /** Document of each posting, ascending within a term. */
  readonly documents: Uint32Array;
  /** Occurrences of the term in that document. */
  readonly frequencies: Uint32Array;
}

export interface CollectOptions {
  /** Called now and then, and at the end, with the documents read so far. */
  readonly onProgress?: ((documents: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads documents, title and text as one field, into postings. The event loop gets its turn every few
 * milliseconds.
 *
 * @throws RankwrightError DUPLICATE_ID, ABORTED
 */
export async function collectPostings(
  source: AsyncIterable<CorpusDocument> | Iterable<CorpusDocument>,
  analyzer: Analyzer,
  { onProgress, signal }: CollectOptions,
): Promise<Postings> {
  const ids: string[] = [];
  const seen = new Set<string>();
  const terms = new Map<string, number>();
  const lengths = new GrowingUint32();
  // One entry for each term of each document, document by document.
  const termOf = new GrowingUint32();
  const frequencyOf = new GrowingUint32();
  const distinct = new GrowingUint32();
  const nextTurn = eventLoopTurns(signal, () => onProgress?.(ids.length));

  const counts = new Map<number, number>();
  for await (const document of source) {
    await nextTurn();
    if (seen.has(document.id)) {
      throw new RankwrightError(
        "DUPLICATE_ID",
        `Two documents have the id ${show(document.id)}; give each document an id of its own.`,
        { field: "id", value: document.id },
      );
    }
    seen.add(document.id);
    ids.push(document.id);
    const found = analyzer.analyze(document.title ? `${document.title} ${document.text}` : document.text);
    lengths.push(found.length);
    counts.clear();
    for (const term of found) {
      let number = terms.get(term);
      if (number === undefined) {
        number = terms.size;
        terms.set(detached(term), number);
      }
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    distinct.push(counts.size);
    for (const [number, count] of counts) {
      termOf.push(number);
      frequencyOf.push(count);
    }
  }
  await nextTurn();
  onProgress?.(ids.length);
  return {
    ids,
    documentLengths: lengths.values().slice(),
    terms,
    ...byTerm(termOf.values(), frequencyOf.values(), distinct.values(), terms.size),
  };
}

/** Sorts postings from document order into term order by counting. */
function byTerm(
  termOf: Uint32Array,
  frequencyOf: Uint32Array,
  distinct: Uint32Array,
  terms: number,
): Pick<Postings, "termStarts" | "documents" | "frequencies"> {
  const termStarts = new Uint32Array(terms + 1);
  for (const term of termOf) termStarts[term + 1]!++;
  for (let term = 0; term < terms; term++) termStarts[term + 1]! += termStarts[term] as number;
  const next = termStarts.slice(0, terms);
  const documents = new Uint32Array(termOf.length);
  const frequencies = new Uint32Array(termOf.length);
  let entry = 0;
  for (const [document, count] of distinct.entries()) {
    for (const end = entry + count; entry < end; entry++) {
      const place = next[termOf[entry] as number]!++;
      documents[place] = document;
      frequencies[place] = frequencyOf[entry] as number;
    }
  }
  return { termStarts, documents, frequencies };
}
