import type { Document } from "../types/index.js";

/** Candidates without repetitions, and the way back. */
export interface DistinctDocuments {
  /** The first candidate of each kind, in the order of the candidates. */
  readonly distinct: readonly Document[];
  /** For each distinct document, the indices of all candidates that read the same; ascending. */
  readonly candidates: readonly (readonly number[])[];
}

/** Two candidates are the same to a model when title and text are equal; ids and metadata do not count. */
export function distinctDocuments(documents: readonly Document[]): DistinctDocuments {
  const distinct: Document[] = [];
  const candidates: number[][] = [];
  const known = new Map<string | undefined, Map<string, number>>();
  for (const [index, document] of documents.entries()) {
    const texts = known.get(document.title) ?? new Map<string, number>();
    known.set(document.title, texts);
    const first = texts.get(document.text);
    if (first === undefined) {
      texts.set(document.text, distinct.length);
      distinct.push(document);
      candidates.push([index]);
    } else {
      candidates[first]!.push(index);
    }
  }
  return { distinct, candidates };
}
