import fc from "fast-check";
import { judgedQuery } from "../judged-query.js";
import { type TiedRanking, UNJUDGED } from "../measure.js";

export interface RankingShape {
  /** Grades that occur among the judgments. */
  readonly grades: readonly number[];
  /** Most documents retrieved. */
  readonly length: number;
}

/** Rankings of judged and unjudged documents in groups of equal scores, with judged ones left behind. */
export function tiedRankings({ grades, length }: RankingShape): fc.Arbitrary<TiedRanking> {
  const grade = fc.constantFrom(...grades);
  const retrieved = fc.array(fc.tuple(fc.constantFrom(UNJUDGED, ...grades), fc.boolean()), {
    minLength: 1,
    maxLength: length,
  });
  return fc.tuple(retrieved, fc.array(grade, { maxLength: 4 })).map(([documents, leftBehind]) => {
    const found = documents.map(([grade]) => grade);
    const judgments = [...found.filter((grade) => grade !== UNJUDGED), ...leftBehind];
    const ends = documents.flatMap(([, last], i) => (last || i === documents.length - 1 ? [i + 1] : []));
    return {
      grades: Float64Array.from(found),
      groupEnds: Uint32Array.from(ends),
      judged: judgedQuery(new Map(judgments.map((grade, i) => [`${i}`, grade]))),
    };
  });
}
