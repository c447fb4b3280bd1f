import { type Document, RankwrightError, type ScoreScale } from "../../types/index.js";
import type { CorpusDocument } from "../collection/collection.js";
import type { JudgedQuery, Measure } from "../measures/measure.js";
import { parseMeasure } from "../measures/parse-measure.js";
import { rankList } from "../measures/rank-list.js";
import type { Need } from "./check.js";
import { bestFirst, type ExaminedQuery, type JudgedExaminedQuery } from "./examined-query.js";
import type { DoctorInput } from "./input.js";
import { plainText } from "./same-text.js";

/** What checks see: the input, brought together query by query. */
export interface DoctorContext {
  /** Most candidates that any query had re-ranked. */
  readonly depth: number;
  /** Queries with at least one candidate, in the collection's order. */
  readonly queries: readonly ExaminedQuery[];
  /** Queries with at least one relevant document, whether or not the first stage found candidates. */
  readonly judged: readonly JudgedExaminedQuery[];
  readonly texts: ReadonlyMap<string, CorpusDocument>;
  /** A document's text as it is compared with others (see same-text.ts); undefined for unknown documents. */
  plainText(id: string): string | undefined;
  readonly scoreScale: ScoreScale;
  readonly measure: Measure;
  readonly relevantFrom: number;
  readonly seed: number;
  /** As given, else estimated from the documents that were cut. */
  readonly maxTokens?: number | undefined;
  readonly latencyBudgetMs?: number | undefined;
  readonly unknownTokenShare?: DoctorInput["unknownTokenShare"];
  readonly reference?: DoctorInput["reference"];
  /** As `DoctorInput.rescore`, with the result checked and the caller's signal applied. */
  readonly rescore?: ((query: string, documents: readonly Document[]) => Promise<Float64Array>) | undefined;
  has(need: Need): boolean;
}

/** Brings the input together. Everything that checks share is derived here, once. */
export function doctorContext(input: DoctorInput, signal?: AbortSignal): DoctorContext {
  const relevantFrom = input.relevantFrom ?? 1;
  const examined = (input.queries ?? [...input.collection.queries.keys()])
    .map((id) => examinedQuery(input, id, relevantFrom))
    .filter((query) => query !== undefined);
  const queries = examined.filter(({ ids }) => ids.length > 0);
  const judged = examined.filter((query): query is JudgedExaminedQuery => query.judged !== undefined);
  const available: Readonly<Record<Need, boolean>> = {
    judgments: judged.length > 0,
    texts: queries.some(({ ids }) => ids.some((id) => input.texts.has(id))),
    "token counts": queries.some(({ outcome }) => outcome?.tokensSeen && outcome.tokensTotal),
    probing: input.rescore !== undefined,
  };
  return {
    depth: queries.reduce((most, { ids }) => Math.max(most, ids.length), 0) || input.depth,
    queries,
    judged,
    texts: input.texts,
    plainText: plainTexts(input.texts),
    scoreScale: input.scoreScale,
    measure: input.measure ?? parseMeasure("nDCG@10"),
    relevantFrom,
    seed: input.seed ?? 1,
    maxTokens: input.maxTokens ?? observedLimit(input),
    latencyBudgetMs: input.latencyBudgetMs,
    unknownTokenShare: input.unknownTokenShare,
    reference: input.reference,
    rescore: input.rescore && checkedRescore(input.rescore, signal),
    has: (need) => available[need],
  };
}

/** The most tokens that were read of a document that was cut: about the model's limit, less the query. */
function observedLimit({ outcomes }: DoctorInput): number | undefined {
  let most = 0;
  for (const { tokensSeen = [], tokensTotal = [] } of outcomes.values()) {
    for (const [i, seen] of tokensSeen.entries()) {
      if (seen < (tokensTotal[i] ?? 0)) most = Math.max(most, seen);
    }
  }
  return most > 0 ? most : undefined;
}

/** Absent for queries that have a first stage's list but no outcome: those were not re-ranked. */
function examinedQuery(input: DoctorInput, id: string, relevantFrom: number): ExaminedQuery | undefined {
  const outcome = input.outcomes.get(id);
  const list = input.firstStage.lists.get(id);
  if (!outcome && list && list.ids.length > 0) return undefined;
  const ids = outcome?.ids ?? [];
  const scores = outcome?.scores ?? [];
  const judged = judgedQuery(input.collection.qrels.get(id), relevantFrom);
  return {
    id,
    text: input.collection.queries.get(id) ?? "",
    ids,
    scores,
    order: bestFirst(scores),
    deeper: list ? below(rankList(list), ids) : [],
    ...(outcome && { outcome }),
    ...(judged && { judged }),
  };
}

/** What stands below the last candidate. What stands among them but is none was left out on purpose. */
function below(ranking: readonly string[], candidates: readonly string[]): readonly string[] {
  const known = new Set(candidates);
  return ranking.slice(ranking.findLastIndex((id) => known.has(id)) + 1);
}

function judgedQuery(
  grades: ReadonlyMap<string, number> | undefined,
  relevantFrom: number,
): JudgedQuery | undefined {
  const ideal = [...(grades?.values() ?? [])].sort((a, b) => b - a);
  return grades && ideal[0]! >= relevantFrom ? { grades, ideal } : undefined;
}

/** Prepares each text once, however many queries it is a candidate of. */
function plainTexts(texts: ReadonlyMap<string, CorpusDocument>) {
  const known = new Map<string, string>();
  return (id: string): string | undefined => {
    const document = texts.get(id);
    if (!document) return undefined;
    const plain = known.get(id) ?? plainText(document);
    known.set(id, plain);
    return plain;
  };
}

function checkedRescore(rescore: NonNullable<DoctorInput["rescore"]>, signal: AbortSignal | undefined) {
  return async (query: string, documents: readonly Document[]): Promise<Float64Array> => {
    const scores = Float64Array.from(await rescore(query, documents, signal));
    if (scores.length === documents.length && scores.every(Number.isFinite)) return scores;
    throw new RankwrightError(
      "INVALID_PLUGIN_RESULT",
      `\`rescore\` gave ${scores.length} scores for ${documents.length} documents, or one that is not finite; it must give one finite score per document`,
      { field: "rescore" },
    );
  };
}
