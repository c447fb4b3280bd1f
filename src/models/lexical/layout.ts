/**
 * The rows of the two tables of lexical embeddings. They are a model's format: a change here makes another
 * FEATURE_VERSION, which config.json names.
 */
export const FEATURE_VERSION = 2;

/** Levels of rarity: a word of level r stands in about one of 2^r documents. */
export const RARITIES = 16;

/** How a word, or else a piece of it, is found on the other side. */
export const MATCH = { none: 0, piece: 1, stem: 2, word: 3 } as const;
const MATCHES = Object.keys(MATCH).length;

/** Least count of each level from 1 on. */
const COUNTS = [1, 2, 3, 5, 9];

/** Row 0 for special tokens and punctuation; then query tokens, document tokens. */
export const MATCH_ROWS = {
  query: (match: number, rarity: number) => 1 + match * RARITIES + rarity,
  document: (match: number, rarity: number) => 1 + (MATCHES + match) * RARITIES + rarity,
  total: 1 + 2 * MATCHES * RARITIES,
} as const;

const DOCUMENT_PLACES = 1 + 2 * (COUNTS.length + 1);

/** Row 0 for special tokens and punctuation; then query tokens, document tokens. */
export const PLACE_ROWS = {
  /** @param count how often the word's stem stands in the document */
  query: (count: number, inPhrase: boolean) => 1 + 2 * step(count, COUNTS) + Number(inPhrase),
  document: (inPhrase: boolean) => DOCUMENT_PLACES + Number(inPhrase),
  total: DOCUMENT_PLACES + 2,
} as const;

/** A run of rows whose levels follow each other. */
export interface LevelRun {
  readonly first: number;
  readonly levels: number;
}

/** By table, the runs of levels that it holds. */
export const LEVEL_RUNS: Readonly<Record<string, readonly LevelRun[]>> = {
  match: Array.from({ length: 2 * MATCHES }, (_, kind) => ({ first: 1 + kind * RARITIES, levels: RARITIES })),
};

function step(value: number, least: readonly number[]): number {
  let reached = 0;
  while (reached < least.length && value >= least[reached]!) reached++;
  return reached;
}
