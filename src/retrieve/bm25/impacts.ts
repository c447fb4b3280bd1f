import type { Postings } from "./collect-postings.js";
import { luceneLength } from "./field-length.js";

const float = Math.fround;

/** The free parts of BM25. */
export interface Bm25Formula {
  /** How slowly repetitions of a term stop counting; 0 or more. Default: 0.9. */
  readonly k1: number;
  /** How much long documents are held back, from 0 to 1. Default: 0.4. */
  readonly b: number;
  /**
   * Lengths as they are, or rounded to one byte each as Lucene keeps them. Default: `"lucene"`, which gives
   * the figures that Anserini publishes.
   */
  readonly lengths: "exact" | "lucene";
}

/**
 * What each posting adds to a score: idf · tf / (tf + k1 · (1 − b + b · length / average length)) with
 * idf = ln(1 + (N − df + ½) / (df + ½)), the BM25 of Lucene 8 and later, in the same 32-bit steps as its
 * BM25Similarity. N counts the documents that have a term at all.
 */
export function impactsOf(postings: Postings, formula: Bm25Formula): Float32Array {
  const { k1, b, lengths } = formula;
  const { termStarts, documents, frequencies, documentLengths } = postings;
  let total = 0;
  let count = 0;
  for (const length of documentLengths) {
    total += length;
    if (length > 0) count++;
  }
  const average = float(total / count);
  const saturation = Float32Array.from(documentLengths, (length) => {
    const counted = lengths === "lucene" ? luceneLength(length) : length;
    return 1 / float(float(k1) * float(float(1 - float(b)) + float(float(float(b) * counted) / average)));
  });

  const impacts = new Float32Array(documents.length);
  for (let term = 0; term + 1 < termStarts.length; term++) {
    const from = termStarts[term] as number;
    const to = termStarts[term + 1] as number;
    const idf = float(Math.log(1 + (count - (to - from) + 0.5) / (to - from + 0.5)));
    for (let index = from; index < to; index++) {
      const frequency = frequencies[index] as number;
      const scaled = float(frequency * (saturation[documents[index] as number] as number));
      impacts[index] = idf - float(idf / float(1 + scaled));
    }
  }
  return impacts;
}
