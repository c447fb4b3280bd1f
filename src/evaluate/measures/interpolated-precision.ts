import { countRelevant, countRetrieved } from "./judged-query.js";
import type { JudgedRanking } from "./measure.js";
import { defineFamily, REL } from "./measure-family.js";

const REFERENCE = "Buckley & Voorhees 2005, Retrieval system evaluation";

export const IPrec = defineFamily({
  name: "IPrec",
  numbered: "iprec_at_recall",
  help: "Best precision at any rank at which the given recall is reached",
  reference: REFERENCE,
  parameters: {
    rel: REL,
    recall: { kind: "number", min: 0, max: 1, at: true, help: "recall to be reached" },
  },
  aggregate: "mean",
  compute(ranking, { rel, recall }) {
    const wanted = Math.trunc(recall * countRelevant(ranking.judged, rel) + 0.9);
    return bestPrecisions(ranking, rel)[wanted] ?? 0;
  },
});

const ELEVEN: readonly number[] = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

export const elevenPoint = defineFamily({
  name: "11pt_avg",
  help: "IPrec averaged over recall 0, 0.1, …, 1",
  reference: REFERENCE,
  parameters: { rel: REL },
  aggregate: "mean",
  compute(ranking, { rel }) {
    const relevant = countRelevant(ranking.judged, rel);
    const best = bestPrecisions(ranking, rel);
    const sum = ELEVEN.reduceRight(
      (sum, recall) => sum + (best[Math.trunc(recall * relevant + 0.9)] ?? 0),
      0,
    );
    return sum / ELEVEN.length;
  },
});

/** For each number of relevant documents found, the best precision from there on; from 0 to all found. */
function bestPrecisions({ grades }: JudgedRanking, rel: number): number[] {
  let found = countRetrieved(grades, rel, grades.length);
  if (found === 0) return [0];
  const best = new Array<number>(found + 1);
  let precision = 0;
  for (let i = grades.length - 1; found > 0; i--) {
    if ((grades[i] as number) < rel) continue;
    precision = Math.max(precision, found / (i + 1));
    best[found--] = precision;
  }
  best[0] = precision;
  return best;
}
