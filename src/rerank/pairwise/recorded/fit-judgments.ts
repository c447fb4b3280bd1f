import type { Duplicate } from "../../../llm/journal/index.js";
import { checkPositive, invalid } from "../../../numbers/check.js";
import {
  type Comparison,
  fitBradleyTerry,
  fitThurstone,
  type PreferenceFit,
} from "../../../preference/index.js";
import type { CollectedJudgments, CollectedPair } from "./collect-judgments.js";
import { type CrossPair, queryOffsets } from "./query-offsets.js";

export interface FitJudgmentsOptions {
  /** `bt` has scores in logits; `thurstone` in units of Case V. Default: `bt`. */
  readonly model?: "bt" | "thurstone" | undefined;
  /** How much each judge counts, by its id. Default: 1. */
  readonly weights?: Readonly<Record<string, number>> | undefined;
  /** λ of the fits within queries. Default: 0.05. */
  readonly lambda?: number | undefined;
}

export interface FittedJudgments {
  /** In the order in which the journal first names them. */
  readonly queries: readonly FittedQuery[];
  /** Whether scores of different queries can be compared: cross-query comparisons connect all of them. */
  readonly comparable: boolean;
  /** Pairs within queries and across, once per judge, that had a usable answer in both orders. */
  readonly comparisons: number;
  readonly crossComparisons: number;
  /** Pairs, once per judge, that lack an answer in one order or both. */
  readonly incomplete: number;
}

export interface FittedQuery {
  readonly id: string;
  /** Best first. */
  readonly documents: readonly FittedDocument[];
  /** Added to all scores of the query; 0 without cross-query comparisons. */
  readonly offset: number;
  /** Whether comparisons connect all documents of the query. */
  readonly connected: boolean;
}

export interface FittedDocument {
  readonly id: string;
  readonly score: number;
  readonly standardError: number;
  /** Pairs within the query, once per judge, that it is in. */
  readonly comparisons: number;
  /** Won every comparison outright, so that its score is as far out as the prior lets it be. */
  readonly undefeated: boolean;
  /** The document that it reads like, and whose score it has. */
  readonly duplicateOf?: string | undefined;
}

/**
 * One score and standard error per document from what judges said: a fit for each query and, where there are cross-query
 * comparisons, an offset for each query. Errors of the two are taken as independent.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function fitJudgments(
  { pairs, duplicates }: CollectedJudgments,
  options: FitJudgmentsOptions = {},
): FittedJudgments {
  const { model = "bt", weights = {} } = options;
  if (model !== "bt" && model !== "thurstone") throw invalid("model", model, "pass bt or thurstone.");
  for (const [judge, weight] of Object.entries(weights))
    checkPositive(`weights[${JSON.stringify(judge)}]`, weight);

  const sorted = sortPairs(pairs, weights);
  const fitOne = model === "bt" ? fitBradleyTerry<string> : fitThurstone<string>;
  const fits = new Map<string, PreferenceFit<string>>();
  for (const [query, { items, comparisons }] of sorted.byQuery) {
    fits.set(query, fitOne(comparisons, { items: [...items], lambda: options.lambda }));
  }
  const offsets = queryOffsets(fits, sorted.cross, model);
  return {
    queries: [...fits].map(([id, fitted]) => {
      const { comparisons } = sorted.byQuery.get(id)!;
      const { offset = 0, standardError = 0 } = offsets.of.get(id) ?? {};
      const documents = documentsOf(fitted, comparisons, offset, standardError);
      return {
        id,
        documents: withDuplicates(
          documents,
          duplicates.filter(({ query }) => query === id),
        ),
        offset,
        connected: fitted.connectivity.components.length === 1,
      };
    }),
    comparable: offsets.connected,
    comparisons: [...sorted.byQuery.values()].reduce((sum, { comparisons }) => sum + comparisons.length, 0),
    crossComparisons: sorted.cross.length,
    incomplete: sorted.incomplete,
  };
}

interface QueryPairs {
  /** Every document that a judge was asked about, in the order of the journal. */
  readonly items: Set<string>;
  readonly comparisons: Comparison<string>[];
}

/** Pairs by query, and those of two queries. */
function sortPairs(pairs: readonly CollectedPair[], weights: Readonly<Record<string, number>>) {
  const byQuery = new Map<string, QueryPairs>();
  const cross: CrossPair[] = [];
  let incomplete = 0;
  for (const { judge, contenders, probability } of pairs) {
    const [a, b] = contenders;
    for (const { query, document } of contenders) {
      if (!byQuery.has(query)) byQuery.set(query, { items: new Set(), comparisons: [] });
      byQuery.get(query)!.items.add(document);
    }
    const weight = Object.hasOwn(weights, judge) ? weights[judge]! : 1;
    if (probability === undefined) incomplete++;
    else if (a.query !== b.query) cross.push({ contenders, probability, weight });
    else byQuery.get(a.query)!.comparisons.push({ a: a.document, b: b.document, probability, weight });
  }
  return { byQuery, cross, incomplete };
}

function documentsOf(
  fit: PreferenceFit<string>,
  comparisons: readonly Comparison<string>[],
  offset: number,
  offsetError: number,
): FittedDocument[] {
  const errors = fit.standardErrors();
  const counts = new Map<string, number>();
  const beaten = new Set<string>();
  for (const { a, b, probability } of comparisons) {
    for (const id of [a, b]) counts.set(id, (counts.get(id) ?? 0) + 1);
    if (probability < 1) beaten.add(a);
    if (probability > 0) beaten.add(b);
  }
  return fit.items
    .map((id, place) => ({
      id,
      score: fit.scores[place]! + offset,
      standardError: Math.hypot(errors[place]!, offsetError),
      comparisons: counts.get(id) ?? 0,
      undefeated: counts.has(id) && !beaten.has(id),
    }))
    .sort((x, y) => y.score - x.score);
}

/** Each after the document that it reads like. */
function withDuplicates(
  documents: readonly FittedDocument[],
  duplicates: readonly Duplicate[],
): FittedDocument[] {
  return documents.flatMap((document) => [
    document,
    ...duplicates
      .filter(({ of }) => of === document.id)
      .map(({ duplicate }) => ({ ...document, id: duplicate, duplicateOf: document.id })),
  ]);
}
