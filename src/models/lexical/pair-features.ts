import type { NumberMap } from "./number-map.js";
import type { Phrases } from "./phrases.js";
import type { QueryTerm, QueryTerms } from "./query-terms.js";
import type { Side } from "./side.js";

/**
 * What is known of a pair as a whole, in this order. "Share" is of Σ weight · asked over the query's terms, see
 * `QueryTerm`, unless it says of what. All lie in [0, 1] but the three lengths, which pass 1 slowly.
 */
export const PAIR_FEATURES = [
  /** BM25 (Robertson and Zaragoza 2009) as a share of its maximum, k1 0.9, b 0.4, usual length 100 words. */
  "bm25",
  /** The same with k1 1.2 and b 0.75. */
  "bm25Length",
  /** Share of the terms that the document has, */
  "coverage",
  /** and has in one of the query's forms, */
  "exactCoverage",
  /** not weighted: of the number of different terms, */
  "plainCoverage",
  /** of Σ weight², */
  "rareCoverage",
  /** the weight of the rarest one found, of that of the rarest one asked for. */
  "rarestFound",
  /** Share of the terms within the best 15 words of the document, */
  "window15",
  /** its best 40, */
  "window40",
  /** its first 30. */
  "lead",
  /** Share of neighbours in the query that are neighbours in the document, of the sum of their weights. */
  "neighbours",
  /** Longest run of such neighbours, of all neighbours in the query. */
  "longestRun",
  /** Share of the document's words that are the query's. */
  "density",
  /** log2(1 + words of the document) / 8. */
  "documentLength",
  /** log2(1 + words of the query) / 8. */
  "queryLength",
  /** log2(1 + Σ weight · asked) / 8. */
  "queryWeight",
  /** Weight of the rarest term that the document lacks, / 16. */
  "rarestMissing",
  /** Share of the terms that the document lacks, but of which it has a word with the same first four letters. */
  "sameBeginning",
  /** 10 / (10 + words before the first that is the query's); 0 where there is none. */
  "early",
  /** The greatest weight · log2(1 + occurrences), / 64. */
  "mostRepeated",
] as const;

/** Document words of the usual length, by which BM25 measures others. */
const USUAL_WORDS = 100;
const LEAD_WORDS = 30;

/**
 * Writes a pair's features into `into`, [PAIR_FEATURES.length].
 *
 * @param beginnings the document's, see `Lexicon.beginning`
 */
export function writePairFeatures(
  into: Float32Array,
  query: Side,
  document: Side,
  terms: QueryTerms,
  { query: phrases }: Phrases,
  beginnings: NumberMap,
): void {
  const { all, places, found } = terms;
  const sum = (value: (term: QueryTerm) => number) => all.reduce((total, term) => total + value(term), 0);
  const most = (value: (term: QueryTerm) => number) =>
    all.reduce((best, term) => Math.max(best, value(term)), 0);
  const worth = ({ weight, asked }: QueryTerm) => weight * asked;
  const has = ({ count }: QueryTerm) => Number(count > 0);
  const whole = sum(worth);
  const bm25 = (k1: number, b: number) => {
    const norm = k1 * (1 - b + (b * document.length) / USUAL_WORDS);
    return sum((term) => (worth(term) * term.count) / (term.count + norm));
  };
  const best = (words: number, places: readonly number[]) => bestWindow(words, places, found, all);
  const lead = places.findIndex((place) => place >= LEAD_WORDS);
  const inLead = lead === -1 ? places : places.slice(0, lead);
  const neighbours = weighNeighbours(query, phrases);
  const values: Record<(typeof PAIR_FEATURES)[number], number> = {
    bm25: bm25(0.9, 0.4) / whole,
    bm25Length: bm25(1.2, 0.75) / whole,
    coverage: sum((term) => worth(term) * has(term)) / whole,
    exactCoverage: sum((term) => worth(term) * Number(term.exact)) / whole,
    plainCoverage: sum(has) / all.length,
    rareCoverage: sum((term) => term.weight ** 2 * has(term)) / sum(({ weight }) => weight ** 2),
    rarestFound: most((term) => term.weight * has(term)) / most(({ weight }) => weight),
    window15: best(15, places) / whole,
    window40: best(40, places) / whole,
    lead: best(LEAD_WORDS, inLead) / whole,
    neighbours: neighbours.shared / neighbours.all,
    longestRun: longestRun(phrases) / (query.length - 1),
    density: places.length / document.length,
    documentLength: Math.log2(1 + document.length) / 8,
    queryLength: Math.log2(1 + query.length) / 8,
    queryWeight: Math.log2(1 + whole) / 8,
    rarestMissing: most((term) => term.weight * (1 - has(term))) / 16,
    sameBeginning: missingBeginnings(query, terms, beginnings) / whole,
    early: places.length === 0 ? 0 : 10 / (10 + places[0]!),
    mostRepeated: most(({ weight, count }) => weight * Math.log2(1 + count)) / 64,
  };
  // Shares of nothing are 0.
  PAIR_FEATURES.forEach((name, i) => {
    into[i] = values[name] || 0;
  });
}

/** The greatest Σ weight · asked of different terms in a window of so many words. */
function bestWindow(
  words: number,
  places: readonly number[],
  found: readonly number[],
  terms: readonly QueryTerm[],
): number {
  const inside = new Int32Array(terms.length);
  let [first, weight, best] = [0, 0, 0];
  for (let last = 0; last < places.length; last++) {
    const slot = found[last]!;
    if (inside[slot]!++ === 0) weight += terms[slot]!.weight * terms[slot]!.asked;
    while (places[first]! <= places[last]! - words) {
      const left = found[first++]!;
      if (--inside[left]! === 0) weight -= terms[left]!.weight * terms[left]!.asked;
    }
    best = Math.max(best, weight);
  }
  return best;
}

function weighNeighbours(query: Side, phrases: readonly boolean[]): { shared: number; all: number } {
  let [shared, all] = [0, 0];
  for (let i = 1; i < query.length; i++) {
    const weight = query.rarities[i - 1]! + query.rarities[i]! + 1;
    all += weight;
    if (phrases[i - 1]) shared += weight;
  }
  return { shared, all };
}

function longestRun(phrases: readonly boolean[]): number {
  let [run, longest] = [0, 0];
  for (const shared of phrases) {
    run = shared ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Σ weight over the query's words that are known and missing, where the document has a word that begins alike. */
function missingBeginnings(query: Side, terms: QueryTerms, beginnings: NumberMap): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) {
    const slot = terms.slot(query.stems[i]!);
    if (slot === -1 || terms.count(slot) > 0) continue;
    const beginning = query.beginnings[i]!;
    if (beginning !== -1 && beginnings.has(beginning)) sum += terms.all[slot]!.weight;
  }
  return sum;
}
