import type { Reading } from "./provider.js";

/** What is wrong with an answer. */
export interface Complaint {
  readonly what: string;
  readonly field: string;
  readonly value: unknown;
}

/**
 * The scores of an answer in the order of the documents that were asked about. Every document must be there once:
 * a score is never guessed, nor given to a neighbour.
 */
export function scoresInOrder(scores: Reading["scores"], documents: number): Float64Array | Complaint {
  const inOrder = new Float64Array(documents);
  const seen = new Uint8Array(documents);
  for (const [place, { index, score }] of scores.entries()) {
    if (!(Number.isInteger(index) && index >= 0 && index < documents)) {
      return {
        what: `with index ${index} for ${documents} documents`,
        field: `[${place}].index`,
        value: index,
      };
    }
    if (seen[index]) return { what: `with index ${index} twice`, field: `[${place}].index`, value: index };
    if (!Number.isFinite(score)) {
      return { what: `with the score ${score}`, field: `[${place}].score`, value: score };
    }
    seen[index] = 1;
    inOrder[index] = score;
  }
  const missing = seen.indexOf(0);
  if (missing === -1) return inOrder;
  const what = `with ${scores.length} scores for ${documents} documents; that of document ${missing} is missing`;
  return { what, field: ".length", value: scores.length };
}
