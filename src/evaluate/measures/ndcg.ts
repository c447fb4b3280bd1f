import { RankwrightError } from "../../types/index.js";
import { log2Whole } from "./exact-logarithms.js";
import { expectedDcg } from "./expected/expected-gains.js";
import { CUTOFF, defineFamily } from "./measure-family.js";

type Gain = (grade: number) => number;

/** Grades of 0 and below gain nothing in both. */
const GAINS: Readonly<Record<"linear" | "exp", Gain>> = {
  linear: (grade) => grade,
  exp: exponential,
};

/** Sums of 2^grade must stay finite numbers. */
const HIGHEST = 1000;

function exponential(grade: number): number {
  if (grade <= HIGHEST) return 2 ** grade - 1;
  throw new RankwrightError(
    "INVALID_QRELS",
    `the judgments go up to grade ${grade}, of which 2^grade is no number any more; grade on a shorter scale, or measure without gain=exp`,
    { field: "grade", value: grade },
  );
}

export const nDCG = defineFamily({
  name: "nDCG",
  numbered: "ndcg_cut",
  help: "Gain of the documents discounted by log2(rank + 1), as a share of the best possible",
  reference:
    "Järvelin & Kekäläinen 2002, Cumulated gain-based evaluation of IR techniques; exp: Burges et al. 2005",
  parameters: {
    gain: {
      kind: "word",
      default: "linear",
      words: ["linear", "exp"],
      help: "a document's gain: its grade, or 2^grade − 1",
    },
    cutoff: CUTOFF,
  },
  aggregate: "mean",
  compute({ grades, judged }, { gain, cutoff }) {
    const best = dcg(judged.ideal, cutoff, GAINS[gain]);
    return best > 0 ? dcg(grades, cutoff, GAINS[gain]) / best : 0;
  },
  expected(ranking, { gain, cutoff }) {
    const best = dcg(ranking.judged.ideal, cutoff, GAINS[gain]);
    return best > 0 ? expectedDcg(ranking, cutoff, GAINS[gain]) / best : 0;
  },
});

function dcg(grades: ArrayLike<number>, cutoff: number, gain: Gain): number {
  const end = Math.min(cutoff, grades.length);
  let sum = 0;
  for (let i = 0; i < end; i++) {
    const grade = grades[i] as number;
    if (grade > 0) sum += gain(grade) / log2Whole(i + 2);
  }
  return sum;
}
