/**
 * The rows of the three tables of lexical embeddings. They are a model's format: a change here makes another
 * FEATURE_VERSION, which config.json names.
 */
export const FEATURE_VERSION = 1;

/** Levels of rarity: a word of level r stands in about one of 2^r documents. */
export const RARITIES = 16;

/** How a word, or else a piece of it, is found on the other side. */
export const MATCH = { none: 0, piece: 1, stem: 2, word: 3 } as const;
const MATCHES = Object.keys(MATCH).length;

/** The query's first SLOTS − 1 different stems are told apart; 0 is for all else. */
export const SLOTS = 32;

/** Levels of the numbers, from 0 to 1, that tell of the pair as a whole. */
const SCORES = 16;
const COVERAGES = 16;
const PHRASES = 8;

/** Least count of each level from 1 on. */
const COUNTS = [1, 2, 3, 5, 9];
const LENGTHS = [2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 91, 128, 181, 256];

/** Row 0 for special tokens; then query tokens, document tokens, and the pair as a whole at [CLS]. */
export const MATCH_ROWS = {
  query: (match: number, rarity: number) => 1 + match * RARITIES + rarity,
  document: (match: number, rarity: number) => 1 + (MATCHES + match) * RARITIES + rarity,
  /** @param score in [0, 1] */
  pair: (score: number) => 1 + 2 * MATCHES * RARITIES + level(score, SCORES),
  total: 1 + 2 * MATCHES * RARITIES + SCORES,
} as const;

const DOCUMENT_PLACES = 1 + 2 * (COUNTS.length + 1);
const COVERAGE_PLACES = DOCUMENT_PLACES + 2;
const PHRASE_PLACES = COVERAGE_PLACES + COVERAGES;
const LENGTH_PLACES = PHRASE_PLACES + PHRASES;

/** Row 0 for special tokens; then query tokens, document tokens, [CLS], the query's [SEP], the document's. */
export const PLACE_ROWS = {
  /** @param count how often the word's stem stands in the document */
  query: (count: number, inPhrase: boolean) => 1 + 2 * step(count, COUNTS) + Number(inPhrase),
  document: (inPhrase: boolean) => DOCUMENT_PLACES + Number(inPhrase),
  /** @param share in [0, 1], of the query's words that the document holds */
  coverage: (share: number) => COVERAGE_PLACES + level(share, COVERAGES),
  /** @param share in [0, 1], of the query's pairs of neighbours that are neighbours in the document */
  phrases: (share: number) => PHRASE_PLACES + level(share, PHRASES),
  /** @param words in the document */
  length: (words: number) => LENGTH_PLACES + step(words, LENGTHS),
  total: LENGTH_PLACES + LENGTHS.length + 1,
} as const;

/** A run of rows whose levels follow each other. */
export interface LevelRun {
  readonly first: number;
  readonly levels: number;
}

/** By table, the runs of levels that it holds. */
export const LEVEL_RUNS: Readonly<Record<string, readonly LevelRun[]>> = {
  match: [
    ...Array.from({ length: 2 * MATCHES }, (_, kind) => ({ first: 1 + kind * RARITIES, levels: RARITIES })),
    { first: MATCH_ROWS.pair(0), levels: SCORES },
  ],
  place: [
    { first: COVERAGE_PLACES, levels: COVERAGES },
    { first: PHRASE_PLACES, levels: PHRASES },
    { first: LENGTH_PLACES, levels: LENGTHS.length + 1 },
  ],
};

/** The nearest of `levels` equal steps from 0 to 1. */
function level(value: number, levels: number): number {
  return Math.floor(value * (levels - 1) + 0.5);
}

function step(value: number, least: readonly number[]): number {
  let reached = 0;
  while (reached < least.length && value >= least[reached]!) reached++;
  return reached;
}
