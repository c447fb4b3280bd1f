import { WordReader } from "./words.js";

/** The distinct words of a query, and which of them stand side by side in it. */
export interface QueryTerms {
  /** Word to index, in order of first appearance. */
  readonly ids: ReadonlyMap<string, number>;
  /** How often the query says each word; by index. */
  readonly counts: readonly number[];
  /** Distinct pairs of neighbouring words, as `first * ids.size + second`. */
  readonly neighbours: ReadonlySet<number>;
}

export function queryTerms(query: string): QueryTerms {
  const ids = new Map<string, number>();
  const counts: number[] = [];
  const sequence: { readonly id: number; readonly position: number }[] = [];
  for (const words = new WordReader(query); words.next(); ) {
    let id = ids.get(words.term);
    if (id === undefined) {
      id = ids.size;
      ids.set(words.term, id);
      counts.push(0);
    }
    counts[id]!++;
    sequence.push({ id, position: words.position });
  }
  const neighbours = new Set<number>();
  for (const [i, { id, position }] of sequence.entries()) {
    const next = sequence[i + 1];
    if (next?.position === position + 1) neighbours.add(id * ids.size + next.id);
  }
  return { ids, counts, neighbours };
}
