import type { ScoredList } from "../runs/run.js";
import { type JudgedQuery, type TiedRanking, UNJUDGED } from "./measure.js";
import { type RankOptions, rankOrder } from "./rank-list.js";

export interface JudgeOptions extends RankOptions {
  /** Drop documents that are not judged, or whose grade is negative, before ranking; trec_eval's `-J`. */
  readonly judgedOnly?: boolean | undefined;
}

/**
 * The grades of a list's documents in the order in which measures read them.
 *
 * @throws RankwrightError INVALID_RUN for scores that are not finite
 */
export function judgeList(list: ScoredList, judged: JudgedQuery, options: JudgeOptions = {}): TiedRanking {
  const { order, groupEnds } = rankOrder(list, options);
  // Looked up in the list's order, in which the ids lie in memory: twice as fast as by rank.
  const unordered = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) unordered[i] = judged.grades.get(list.ids[i] as string) ?? UNJUDGED;
  const grades = new Float64Array(order.length);
  for (let rank = 0; rank < order.length; rank++) grades[rank] = unordered[order[rank] as number] as number;
  return options.judgedOnly ? withoutUnjudged({ grades, groupEnds, judged }) : { grades, groupEnds, judged };
}

function withoutUnjudged({ grades, groupEnds, judged }: TiedRanking): TiedRanking {
  const ends: number[] = [];
  let kept = 0;
  let start = 0;
  for (const end of groupEnds) {
    const before = kept;
    for (let rank = start; rank < end; rank++) if ((grades[rank] as number) >= 0) kept++;
    if (kept > before) ends.push(kept);
    start = end;
  }
  return { grades: grades.filter((grade) => grade >= 0), groupEnds: Uint32Array.from(ends), judged };
}
