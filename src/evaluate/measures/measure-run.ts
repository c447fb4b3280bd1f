import { RankwrightError, show } from "../../types/index.js";
import type { Qrels } from "../collection/qrels.js";
import type { Run, ScoredList } from "../runs/run.js";
import { aggregate } from "./aggregate.js";
import { compareIds } from "./compare-ids.js";
import { type JudgeOptions, judgeList } from "./judge-run.js";
import { judgedQuery } from "./judged-query.js";
import type { JudgedQuery, Measure, TiedRanking } from "./measure.js";

export interface MeasureRunOptions extends JudgeOptions {
  /**
   * Which queries count: `judged` (default) takes every query with judgments, those that the run does not
   * answer with the measure's `missing` value, as trec_eval with `-c`; `common` takes those that both have,
   * as trec_eval without.
   */
  readonly topics?: "judged" | "common" | undefined;
  /**
   * What equal scores mean: `document id` (default) breaks ties by id, descending, as trec_eval does;
   * `expected` takes the mean over all orders of tied documents.
   */
  readonly ties?: "document id" | "expected" | undefined;
}

/** What the measures say of one run. */
export interface MeasuredRun {
  /** The run's. */
  readonly name: string;
  /** Ids of the queries that count, by their UTF-8 bytes. */
  readonly queries: readonly string[];
  /** By the measure's name: one value per query, in the order of `queries`. */
  readonly values: ReadonlyMap<string, Float64Array>;
  /** By the measure's name: the values as one, by the measure's aggregate. */
  readonly means: ReadonlyMap<string, number>;
  /** Queries with judgments that the run does not answer, whether they count or not. */
  readonly unanswered: readonly string[];
  /** Queries that the run answers without judgments; they never count. */
  readonly unjudged: readonly string[];
  /** Queries that count although no document is judged with a grade of 1 or more. */
  readonly withoutRelevant: readonly string[];
}

/**
 * Measures a run as trec_eval does, to the last bit.
 *
 * @throws RankwrightError NO_COMMON_QUERIES; INVALID_RUN for scores that are not finite; INVALID_OPTION for
 * `ties: "expected"` with a measure that has no closed form for it
 */
export function measureRun(
  run: Run,
  qrels: Qrels,
  measures: readonly Measure[],
  options: MeasureRunOptions = {},
): MeasuredRun {
  const compute = measures.map((measure) => formula(measure, options.ties));
  const isJudged = (query: string) => (qrels.get(query)?.size ?? 0) > 0;
  const isAnswered = (query: string) => (run.lists.get(query)?.ids.length ?? 0) > 0;
  const judged = [...qrels.keys()].filter(isJudged).sort(compareIds);
  const common = judged.filter(isAnswered);
  if (common.length === 0) throw noCommonQueries(run, qrels);
  const queries = options.topics === "common" ? common : judged;

  const answered = new Uint8Array(queries.length);
  const columns = measures.map(() => new Float64Array(queries.length));
  const withoutRelevant: string[] = [];
  for (const [row, query] of queries.entries()) {
    const judgments = judgedQuery(qrels.get(query) as ReadonlyMap<string, number>);
    if ((judgments.ideal[0] as number) < 1) withoutRelevant.push(query);
    const list = isAnswered(query) ? run.lists.get(query) : undefined;
    answered[row] = list ? 1 : 0;
    const ranking = list && judgedRanking(run.name, query, list, judgments, options);
    for (const [i, measure] of measures.entries()) {
      const column = columns[i] as Float64Array;
      column[row] = ranking ? (compute[i] as Formula)(ranking) : measure.missing(judgments);
    }
  }

  const values = new Map(measures.map(({ name }, i) => [name, columns[i] as Float64Array]));
  const means = measures.map(
    ({ name, aggregate: how }, i) => [name, aggregate(how, columns[i] as Float64Array, answered)] as const,
  );
  return {
    name: run.name,
    queries,
    values,
    means: new Map(means),
    unanswered: judged.filter((query) => !isAnswered(query)),
    unjudged: [...run.lists.keys()].filter((query) => isAnswered(query) && !isJudged(query)).sort(compareIds),
    withoutRelevant,
  };
}

type Formula = (ranking: TiedRanking) => number;

function formula(measure: Measure, ties: MeasureRunOptions["ties"]): Formula {
  if (ties !== "expected") return measure.compute;
  if (measure.expected) return measure.expected;
  throw new RankwrightError(
    "INVALID_OPTION",
    `ties is "expected", but no closed form is known for the mean of ${measure.name} over tied orders; leave the measure out, or break ties by document id`,
    { field: "ties", value: measure.name },
  );
}

function judgedRanking(
  run: string,
  query: string,
  list: ScoredList,
  judged: JudgedQuery,
  options: JudgeOptions,
): TiedRanking {
  try {
    return judgeList(list, judged, options);
  } catch (error) {
    if (!RankwrightError.isInstance(error)) throw error;
    const message = `run ${show(run)}, query ${show(query)}: ${error.message}`;
    throw new RankwrightError(error.code, message, { field: error.field, value: error.value, cause: error });
  }
}

function noCommonQueries(run: Run, qrels: Qrels): RankwrightError {
  const [theirs] = run.lists.keys();
  const [ours] = qrels.keys();
  let found = `the run has queries such as ${show(theirs)}, the judgments such as ${show(ours)}`;
  if (theirs === undefined) found = "the run is empty";
  if (ours === undefined) found = "there are no judgments";
  return new RankwrightError(
    "NO_COMMON_QUERIES",
    `run ${show(run.name)} answers no judged query: ${found}; give the judgments that belong to this run`,
    { field: "run", value: theirs },
  );
}
