import {
  type Evidence,
  type Pair,
  RankwrightError,
  type ScoreOptions,
  type ScoreResult,
  type Scorer,
} from "../types/index.js";
import { findMatches, type Matches } from "./lexical/find-matches.js";
import { type QueryTerms, queryTerms } from "./lexical/query-terms.js";
import { scoreMatches } from "./lexical/score-matches.js";
import { termWeights } from "./lexical/term-weights.js";
import { takeTurns } from "./turns.js";

/**
 * Scores by shared words alone: no model, no download, the same result everywhere. Scores lie in [0, 1) and
 * are similarities, not probabilities: they compare the candidates of one call, because the weight of a word
 * depends on all candidates of its query (see `termWeights`). Works for any language; only the stemmer and
 * the list of common words know English. Time is linear in the length of the texts; the event loop gets its
 * turn, and `signal` and `deadline` are heeded, every few milliseconds. `evidence.window` is the passage
 * that matches best; its tokens are words.
 */
export function lexicalScorer(): Scorer {
  let closed = false;
  return {
    id: "rankwright/lexical",
    scoreScale: "similarity",
    maxTokens: Number.POSITIVE_INFINITY,
    async score(pairs, options = {}) {
      if (closed) throw new RankwrightError("CLOSED", "The lexical scorer was closed; make a new one.");
      return scorePairs(pairs, options);
    },
    async close() {
      closed = true;
    },
  };
}

interface Group {
  readonly terms: QueryTerms;
  /** Pairs with this query that were read in time: their index and what was found. */
  readonly members: { readonly index: number; readonly matches: Matches }[];
}

async function scorePairs(pairs: readonly Pair[], options: ScoreOptions): Promise<ScoreResult> {
  const { signal, deadline = Number.POSITIVE_INFINITY, onProgress } = options;
  const started = performance.now();
  const nextTurn = takeTurns(signal);

  const groups = new Map<string, Group>();
  let read = 0;
  for (const [index, { query, document }] of pairs.entries()) {
    const group = groups.get(query) ?? { terms: queryTerms(query), members: [] };
    groups.set(query, group);
    const search = findMatches(document, group.terms);
    let matches: Matches | undefined;
    while (!matches) {
      await nextTurn();
      if (performance.now() >= deadline) break;
      const step = search.next();
      if (step.done) matches = step.value;
    }
    if (!matches) break;
    group.members.push({ index, matches });
    read++;
  }
  const matched = performance.now();

  const scores = new Float64Array(pairs.length);
  const evidence: Evidence[] = pairs.map(() => ({ window: [0, 0], tokensSeen: 0, tokensTotal: 0 }));
  let tokens = 0;
  let done = 0;
  for (const { terms, members } of groups.values()) {
    const weights = termWeights(
      terms,
      members.map(({ matches }) => matches),
    );
    for (const { index, matches } of members) {
      await nextTurn();
      const { score, window } = scoreMatches(matches, terms, weights);
      scores[index] = score;
      evidence[index] = { window, tokensSeen: matches.words, tokensTotal: matches.words };
      tokens += matches.words;
    }
    done += members.length;
    onProgress?.(done, pairs.length);
  }
  return {
    scores,
    unscored: pairs.map((_, index) => index).slice(read),
    evidence,
    tokens,
    stages: { match: matched - started, score: performance.now() - matched },
  };
}
