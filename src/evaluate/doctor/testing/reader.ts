import { Random } from "../../../numbers/random.js";
import type { Document } from "../../../types/index.js";

/** What may be wrong with the model. */
export interface ReaderFaults {
  /** Standard deviation of a number that is added to all scores of a query; no model is without: .4. */
  readonly offsets?: number;
  /** Added to the score for every doubling of the length; no model is without: .1. */
  readonly lengthBias?: number;
  /** How much a document's place in its batch adds to its score. */
  readonly placeBias?: number;
  /** Scores are rounded to multiples of this number. */
  readonly grain?: number;
  /** How much each matching word adds to the score, whose noise has standard deviation 1. */
  readonly sense?: number;
}

/** A model that reads the first `limit` words of a document and counts which of the query's are among them. */
export interface Reader {
  readonly limit: number;
  tokens(document: Document): number;
  scores(query: string, documents: readonly Document[]): Float64Array;
}

export function reader(seed: number, faults: ReaderFaults): Reader {
  const { offsets = 0.4, lengthBias = 0.1, placeBias = 0, grain = 0, sense = 1.1 } = faults;
  const limit = 256;
  const wordsOf = ({ title, text }: Document) => `${title ?? ""} ${text}`.toLowerCase().trim().split(/\s+/);
  return {
    limit,
    tokens: (document) => wordsOf(document).length,
    scores(query, documents) {
      const keys = new Set(query.split(" "));
      const mood = new Random(hash(`${seed} ${query}`));
      const offset = offsets * 2 * (mood.float() + mood.float() + mood.float() - 1.5);
      return Float64Array.from(documents, (document, place) => {
        const read = wordsOf(document).slice(0, limit);
        const matches = read.filter((word) => keys.has(word)).length;
        const noise = new Random(hash(`${seed} ${query} ${read.join(" ")}`));
        const whim = 2 * (noise.float() + noise.float() + noise.float() - 1.5);
        const score =
          sense * matches -
          5 +
          whim +
          (read.includes("lure") ? 7 : 0) +
          lengthBias * Math.log2(read.length / 60);
        const moved = score + offset + placeBias * place;
        return grain > 0 ? Math.round(moved / grain) * grain : moved;
      });
    },
  };
}

/** FNV-1a of the UTF-16 units, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}
