import { RankwrightError, type Reranker, show, type Warning } from "../../types/index.js";
import type { Collection } from "../collection/collection.js";
import type { Qrels } from "../collection/qrels.js";
import { DEFAULT_MEASURES } from "../measures/default-measures.js";
import type { Measure } from "../measures/measure.js";
import { type MeasuredRun, measureRun } from "../measures/measure-run.js";
import { parseMeasures } from "../measures/parse-measure.js";
import type { Run } from "../runs/run.js";
import { compareSystems, type SystemComparison } from "../statistics/compare-systems.js";
import { type CandidatesOptions, collectCandidates } from "./candidates.js";
import type { Journal } from "./journal.js";
import { candidatesRun } from "./order-run.js";
import { outcomeRun } from "./outcome-run.js";
import { measureRandomOrder } from "./random-order.js";
import { type QueryCandidates, rerankQueries } from "./rerank-queries.js";
import { type SystemResult, workOf } from "./system-result.js";

/** A reranker that takes part in an evaluation. */
export interface Contestant {
  /** Names it in tables; unique. */
  readonly name: string;
  /** Called when its turn comes; closed afterwards, so that not all models need to fit into memory. */
  open(): Promise<Reranker>;
  /** Opens what keeps its scores, so that an interrupted evaluation goes on where it stopped. */
  readonly journal?: ((reranker: Reranker) => Promise<Journal | undefined>) | undefined;
}

export interface EvaluateProgress {
  /** The contestant at work. */
  readonly system: string;
  readonly done: number;
  readonly total: number;
  /** Queries of `done` whose scores were in the journal. */
  readonly known: number;
}

export interface EvaluateOptions {
  /** Best candidates of each query that are re-ranked and measured. Default: 100. */
  readonly depth?: number | undefined;
  /** What to do with candidates that the corpus lacks. Default: `refuse`. */
  readonly absent?: CandidatesOptions["absent"];
  /** The first mean over queries decides comparisons. Default: nDCG@10, RR@10, AP, R@100. */
  readonly measures?: readonly Measure[] | undefined;
  /** Seed of everything drawn by chance. Default: 1. */
  readonly seed?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: EvaluateProgress) => void) | undefined;
  readonly onWarning?: ((warning: Warning) => void) | undefined;
}

const RANDOM_ORDER = "random order";

/** What an evaluation found. */
export interface Evaluation {
  readonly collection: string;
  /** Most candidates that any query had re-ranked. */
  readonly depth: number;
  readonly measures: readonly Measure[];
  /** What comparisons go by: the first measure that is a mean over queries. */
  readonly primary: Measure;
  /** The collection's judgments; queries that the first stage does not answer count 0. */
  readonly qrels: Qrels;
  /** The candidates of each evaluated query that the first stage answers. */
  readonly candidates: readonly QueryCandidates[];
  /** First stage, random order, then the contestants as they were given. */
  readonly systems: readonly SystemResult[];
  /** Each contestant against the first stage, by `primary`. */
  readonly comparisons: readonly SystemComparison[];
}

/**
 * Re-ranks the first stage's candidates with every contestant and measures all of them, the first stage and
 * random order over the same judged queries and candidates. Queries without candidates count 0 for everybody.
 *
 * @throws RankwrightError NO_JUDGMENTS, NO_COMMON_QUERIES, INVALID_COLLECTION, INVALID_OPTION, ABORTED, and what
 *   rerankers throw
 */
export async function evaluate(
  collection: Collection,
  firstStage: Run,
  contestants: readonly Contestant[],
  options: EvaluateOptions = {},
): Promise<Evaluation> {
  const { depth = 100, seed = 1, signal, onProgress, onWarning } = options;
  const measures = options.measures ?? parseMeasures(DEFAULT_MEASURES);
  const primary = measures.find(({ aggregate }) => aggregate === "mean");
  if (primary === undefined) {
    const names = measures.map(({ name }) => name);
    throw invalidOption("measures", names, "name at least one that is a mean over queries, such as nDCG@10");
  }
  if (!Number.isInteger(depth) || depth < 1)
    throw invalidOption("depth", depth, "give a positive whole number");
  const qrels = judgments(collection);
  checkNames([firstStage.name, RANDOM_ORDER, ...contestants.map(({ name }) => name)]);
  const { absent } = options;
  const candidates = await collectCandidates(collection, firstStage, {
    depth,
    queries: qrels.keys(),
    absent,
    signal,
    onWarning,
  });

  const baseRun = candidatesRun(firstStage.name, candidates);
  const baseline = measureRun(baseRun, qrels, measures);
  warnAbout(baseline, onWarning);
  const systems: SystemResult[] = [
    {
      name: firstStage.name,
      kind: "first stage",
      run: baseRun,
      measured: baseline,
    },
    {
      name: RANDOM_ORDER,
      kind: "random",
      measured: measureRandomOrder(RANDOM_ORDER, candidates, qrels, measures, seed),
    },
  ];
  for (const contestant of contestants) {
    const outcomes = await rerankAll(contestant, candidates, signal, onProgress);
    const run = outcomeRun(contestant.name, outcomes);
    const measured = measureRun(run, qrels, measures);
    systems.push({
      name: contestant.name,
      kind: "model",
      run,
      measured,
      ...(outcomes.length > 0 && { work: workOf(outcomes) }),
    });
  }
  const valuesOf = ({ measured }: SystemResult) => measured.values.get(primary.name) as Float64Array;
  const models = systems.slice(2).map((system) => ({ name: system.name, values: valuesOf(system) }));
  const comparisons =
    models.length === 0
      ? []
      : compareSystems({ baseline: valuesOf(systems[0] as SystemResult), systems: models, seed });
  const deepest = candidates.reduce((most, { documents }) => Math.max(most, documents.length), 0);
  return {
    collection: collection.name,
    depth: Math.min(depth, deepest),
    measures,
    primary,
    qrels,
    candidates,
    systems,
    comparisons,
  };
}

/** @throws RankwrightError INVALID_OPTION before hours of work end in a table with two rows of one name */
function checkNames(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw invalidOption("name", twice, "name every system differently");
}

/** Queries that pull every system's figures down alike. */
function warnAbout(
  { name, queries, unanswered, withoutRelevant }: MeasuredRun,
  onWarning: EvaluateOptions["onWarning"],
): void {
  const share = (some: readonly string[]) => `${some.length} of the ${queries.length} judged queries`;
  if (unanswered.length > 0) {
    const message = `${share(unanswered)} have no candidates from ${name} and count 0 for every system`;
    onWarning?.({ code: "unanswered_queries", message });
  }
  if (withoutRelevant.length > 0) {
    const message = `${share(withoutRelevant)} have no relevant document and count 0 for every system, as in trec_eval`;
    onWarning?.({ code: "queries_without_relevant", message });
  }
}

function judgments({ name, qrels }: Collection): Qrels {
  if (qrels.size > 0) return qrels;
  throw new RankwrightError(
    "NO_JUDGMENTS",
    `${name} has no relevance judgments, so nothing can be measured; add qrels/test.tsv, or run the doctor, which also works without`,
    { field: "qrels" },
  );
}

async function rerankAll(
  contestant: Contestant,
  candidates: readonly QueryCandidates[],
  signal: AbortSignal | undefined,
  onProgress: EvaluateOptions["onProgress"],
) {
  const reranker = await contestant.open();
  try {
    const journal = await contestant.journal?.(reranker);
    try {
      const outcomes = await rerankQueries(reranker, candidates, {
        journal,
        signal,
        onProgress: (done, total, known) => onProgress?.({ system: contestant.name, done, total, known }),
      });
      return [...outcomes.values()];
    } finally {
      await journal?.close();
    }
  } finally {
    await reranker.close();
  }
}

function invalidOption(field: string, value: unknown, mend: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; ${mend}`, { field, value });
}
