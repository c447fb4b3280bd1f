import { RankwrightError, show } from "../../types/index.js";
import { compareIds } from "../measures/compare-ids.js";
import { rankOrder } from "../measures/rank-list.js";
import { type Normalisation, normalise } from "./normalise.js";
import type { Run, ScoredList } from "./run.js";

interface FusionOptions {
  /** One per run, finite and not negative. Default: 1 each. */
  readonly weights?: readonly number[] | undefined;
  /** Name of the run that comes out. Default: the method with the names of the runs. */
  readonly name?: string | undefined;
}

export interface ReciprocalRankOptions extends FusionOptions {
  /** Damps the lead of the first ranks; greater than −1. Default: 60, as in the paper. */
  readonly k?: number | undefined;
  /** Only so many of each run's best documents count. Default: all. */
  readonly depth?: number | undefined;
}

export interface WeightedFusionOptions extends FusionOptions {
  /** Brings the scores of a run's list to a common scale. Default: `min-max`. */
  readonly normalise?: Normalisation | undefined;
}

/**
 * Reciprocal rank fusion: a document's score is Σ weight / (k + rank) over the runs that list it, ranks
 * counting from 1. A run that does not list a document, or a query, adds nothing to it.
 * Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
 * Methods, SIGIR 2009.
 *
 * Ranks, and equal scores of the result, follow trec_eval's order on full scores: score descending, then id
 * descending. Queries stand in the order in which the runs first name them, documents best first.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function reciprocalRankFusion(
  runs: readonly Run[],
  { k = 60, depth = Number.POSITIVE_INFINITY, weights, name }: ReciprocalRankOptions = {},
): Run {
  if (!(k > -1 && k < Number.POSITIVE_INFINITY)) throw invalid("k", k, "give a number greater than -1");
  if (depth !== Number.POSITIVE_INFINITY && !(Number.isSafeInteger(depth) && depth > 0)) {
    throw invalid("depth", depth, "give a positive whole number");
  }
  return fuse(runs, { weights, name, method: "rrf" }, (list) => {
    const { order } = rankOrder(list, { scores: "float64" });
    const parts = new Map<string, number>();
    for (let rank = 1; rank <= Math.min(depth, order.length); rank++) {
      parts.set(list.ids[order[rank - 1]!]!, 1 / (k + rank));
    }
    return { parts, absent: 0 };
  });
}

/**
 * Weighted fusion: a document's score is Σ weight · normalised score over the runs that answer the query.
 * A run that answers the query without listing the document counts it as `normalise` says: as its last one,
 * or 0 for `min-max`.
 *
 * Order and ties as for `reciprocalRankFusion`.
 *
 * @throws RankwrightError INVALID_OPTION
 */
export function weightedFusion(
  runs: readonly Run[],
  { weights, name, normalise: method = "min-max" }: WeightedFusionOptions = {},
): Run {
  return fuse(runs, { weights, name, method: "fusion" }, ({ ids, scores }) => {
    const { values, absent } = normalise(scores, method);
    return { parts: new Map(ids.map((id, i) => [id, values[i]!])), absent };
  });
}

/** What one run's list adds to the documents of a query. */
interface Contribution {
  readonly parts: ReadonlyMap<string, number>;
  /** For documents that the list lacks. */
  readonly absent: number;
}

function fuse(
  runs: readonly Run[],
  { weights, name, method }: FusionOptions & { readonly method: string },
  contribution: (list: ScoredList) => Contribution,
): Run {
  if (runs.length === 0) throw invalid("runs", runs, "give at least one run");
  const factors = weights ?? runs.map(() => 1);
  if (factors.length !== runs.length) throw invalid("weights", weights, `give ${runs.length}, one per run`);
  for (const [i, weight] of factors.entries()) {
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) {
      throw invalid(`weights[${i}]`, weight, "give a finite number that is not negative");
    }
  }
  const lists = new Map<string, ScoredList>();
  for (const query of new Set(runs.flatMap((run) => [...run.lists.keys()]))) {
    const sums = new Map<string, number>();
    const parts = runs.map(({ lists }) => lists.get(query)).map((list) => list && contribution(list));
    for (const part of parts) for (const id of part?.parts.keys() ?? []) sums.set(id, 0);
    for (const [i, part] of parts.entries()) {
      if (!part) continue;
      for (const [id, sum] of sums) sums.set(id, sum + factors[i]! * (part.parts.get(id) ?? part.absent));
    }
    const best = [...sums].sort(([a, x], [b, y]) => y - x || compareIds(b, a));
    lists.set(query, { ids: best.map(([id]) => id), scores: Float64Array.from(best, ([, sum]) => sum) });
  }
  return { name: name ?? `${method}(${runs.map((run) => run.name).join(",")})`, lists };
}

function invalid(field: string, value: unknown, mend: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; ${mend}.`, { field, value });
}
