import { Random } from "../../numbers/random.js";
import type { DoctorContext } from "./context.js";
import type { JudgedExaminedQuery } from "./examined-query.js";
import { passages } from "./passages.js";
import { isRelevant } from "./quality.js";
import { shareBeaten } from "./separation.js";

/** Limits of what the model is run for: at most 25 · (2 + 4) · 7 passages. */
const QUERIES = 25;
const RELEVANT = 2;
const OTHERS = 4;

/** What windows would do for relevant documents that were cut. */
export interface WindowGain {
  /** Share of the strongest other candidates that the relevant ones beat, as they were read. */
  readonly before: number;
  /** The same when every cut document counts by its best passage. */
  readonly after: number;
}

/**
 * Scores cut documents passage by passage: relevant ones, and for fairness also the strongest candidates
 * that are not relevant, since the best of several scores is higher for any document.
 *
 * @returns one entry per probed query
 */
export async function probeWindows(
  context: DoctorContext,
  cut: (query: JudgedExaminedQuery, candidate: number) => boolean,
): Promise<readonly WindowGain[]> {
  const { judged, relevantFrom, seed, texts } = context;
  const cases = judged.map((query) => {
    const candidates = query.order.filter((candidate) => texts.has(query.ids[candidate]!));
    const relevant = (candidate: number) => isRelevant(query.judged, query.ids[candidate]!, relevantFrom);
    return {
      query,
      relevant: candidates.filter((candidate) => relevant(candidate) && cut(query, candidate)),
      others: candidates.filter((candidate) => !relevant(candidate)).slice(0, OTHERS),
    };
  });
  const fitting = cases.filter(({ relevant, others }) => relevant.length > 0 && others.length > 0);
  const random = new Random(seed);
  const gains: WindowGain[] = [];
  for (const { query, relevant, others } of random.shuffle(fitting).slice(0, QUERIES)) {
    const probed = [...random.shuffle(relevant).slice(0, RELEVANT), ...others];
    const best = await bestPassages(
      context,
      query,
      probed.filter((candidate) => cut(query, candidate)),
    );
    const score = (candidate: number) => query.scores[candidate]!;
    const windowed = (candidate: number) =>
      Math.max(score(candidate), best.get(candidate) ?? score(candidate));
    const wins = (scoreOf: (candidate: number) => number) => {
      const rivals = Float64Array.from(others, scoreOf).sort();
      const mine = probed.slice(0, -others.length);
      return mine.reduce((sum, candidate) => sum + shareBeaten(rivals, scoreOf(candidate)), 0) / mine.length;
    };
    gains.push({ before: wins(score), after: wins(windowed) });
  }
  return gains;
}

/** The highest score of any passage but the first, which is what the model has read already. */
async function bestPassages(
  { rescore, texts }: DoctorContext,
  query: JudgedExaminedQuery,
  candidates: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { tokensSeen, tokensTotal } = query.outcome!;
  const pieces = candidates.flatMap((candidate) => {
    const document = texts.get(query.ids[candidate]!)!;
    const share = tokensSeen![candidate]! / tokensTotal![candidate]!;
    return passages(document.text, share)
      .slice(1)
      .map((text) => ({ candidate, document: { ...document, text } }));
  });
  const best = new Map<number, number>();
  if (pieces.length === 0) return best;
  const scores = await rescore!(
    query.text,
    pieces.map(({ document }) => document),
  );
  for (const [i, { candidate }] of pieces.entries()) {
    best.set(candidate, Math.max(scores[i]!, best.get(candidate) ?? Number.NEGATIVE_INFINITY));
  }
  return best;
}
