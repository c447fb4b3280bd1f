import { RankwrightError, show } from "../../types/index.js";
import type { ScoredList } from "../runs/run.js";
import { compareIds } from "./compare-ids.js";

/** What counts as the same score: `float32` as in trec_eval up to 9.0.8, `float64` as from version 10 on. */
export type ScorePrecision = "float32" | "float64";

export interface RankOptions {
  /** Default: `float32`. */
  readonly scores?: ScorePrecision | undefined;
}

/** A list of documents in the order in which measures read it. */
export interface RankedOrder {
  /** Index into the list's `ids` at each rank. */
  readonly order: Uint32Array;
  /** For each group of equal scores, the rank (0-based) after its last document. */
  readonly groupEnds: Uint32Array;
}

/** Ids of the list, best first, ordered as by `rankOrder`. */
export function rankList(list: ScoredList, options?: RankOptions): string[] {
  return Array.from(rankOrder(list, options).order, (index) => list.ids[index] as string);
}

/**
 * Orders a list as trec_eval does: score descending, equal scores by document id descending (UTF-8 bytes).
 * The order of the list itself plays no part.
 *
 * @throws RankwrightError INVALID_RUN for scores that are not finite, or a list of more than 2,097,152
 */
export function rankOrder(list: ScoredList, { scores: precision }: RankOptions = {}): RankedOrder {
  const { ids, scores } = list;
  const order = orderByFloat32(list);
  const exact = precision === "float64";
  const groupEnds = new Uint32Array(order.length);
  let groups = 0;
  for (let start = 0, end = 0; start < order.length; start = end) {
    const score = Math.fround(scores[order[start] as number] as number);
    for (end = start + 1; end < order.length; end++) {
      if (Math.fround(scores[order[end] as number] as number) !== score) break;
    }
    if (end - start > 1) {
      order.subarray(start, end).sort((a, b) => {
        const difference = exact ? (scores[b] as number) - (scores[a] as number) : 0;
        return difference || compareIds(ids[b] as string, ids[a] as string);
      });
    }
    if (exact) {
      for (let rank = start + 1; rank < end; rank++) {
        if (scores[order[rank] as number] !== scores[order[rank - 1] as number]) groupEnds[groups++] = rank;
      }
    }
    groupEnds[groups++] = end;
  }
  return { order, groupEnds: groupEnds.subarray(0, groups) };
}

const INDEX_BITS = 21;
const MOST = 2 ** INDEX_BITS;

/**
 * Indices by float32 score, descending. Each score becomes a 32-bit whole number that sorts alike, joined
 * with its index into one double, so that the native sort without a comparator does the work.
 */
function orderByFloat32({ ids, scores }: ScoredList): Uint32Array {
  const { length } = scores;
  if (ids.length !== length || length > MOST) throw wrongLength(ids.length, length);
  const order = new Uint32Array(length);
  const narrow = new Float32Array(length);
  let sorted = true;
  for (let i = 0; i < length; i++) {
    const score = scores[i] as number;
    if (!Number.isFinite(score)) throw notFinite(ids[i] as string, score);
    order[i] = i;
    narrow[i] = score + 0; // −0 becomes 0
    if (i > 0 && (narrow[i] as number) > (narrow[i - 1] as number)) sorted = false;
  }
  if (sorted) return order;
  const bits = new Int32Array(narrow.buffer);
  const keys = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const word = bits[i] as number;
    const ascending = (word < 0 ? ~word : word | 0x80000000) >>> 0;
    keys[i] = (0xffffffff - ascending) * MOST + i;
  }
  keys.sort();
  for (let i = 0; i < length; i++) order[i] = (keys[i] as number) % MOST;
  return order;
}

function notFinite(id: string, score: number): RankwrightError {
  return new RankwrightError(
    "INVALID_RUN",
    `the score of document ${show(id)} is ${show(score)}; every score must be a finite number`,
    { field: "scores", value: score },
  );
}

function wrongLength(ids: number, scores: number): RankwrightError {
  return new RankwrightError(
    "INVALID_RUN",
    `a list holds ${ids} ids and ${scores} scores; it needs one score per id, and at most ${MOST} of them`,
    { field: "scores", value: scores },
  );
}
