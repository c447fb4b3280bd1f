import type { RankedDocument } from "../../types/index.js";

/** A result as one line of JSON Lines; keys that have nothing to say are left out. */
export function jsonLine({ rank, index, score, scored, document, evidence }: RankedDocument): string {
  const { id, text, title, metadata } = document;
  const record = {
    rank,
    index,
    id,
    score,
    text,
    title,
    scored: scored ? undefined : false,
    tokensSeen: evidence?.tokensSeen,
    tokensTotal: evidence?.tokensTotal,
    window: evidence?.window,
    metadata,
  };
  return `${JSON.stringify(record)}\n`;
}
