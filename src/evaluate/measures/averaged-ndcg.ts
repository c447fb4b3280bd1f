import { log2Whole } from "./exact-logarithms.js";
import { countRelevant } from "./judged-query.js";
import { defineFamily, REL } from "./measure-family.js";

const REFERENCE = "trec_eval (experimental)";

export const ndcgRel = defineFamily({
  name: "ndcg_rel",
  help: "nDCG at the rank of each relevant document, averaged over all relevant documents",
  reference: REFERENCE,
  parameters: {},
  aggregate: "mean",
  compute({ grades, judged: { ideal } }) {
    const relevant = countRelevant({ grades: new Map(), ideal }, 1);
    if (relevant === 0) return 0;
    let dcg = 0;
    let idealDcg = 0;
    let found = 0;
    let sum = 0;
    for (let i = 0; i < Math.max(grades.length, relevant); i++) {
      const grade = grades[i] ?? 0;
      if (grade > 0) dcg += grade / log2Whole(i + 2);
      if (i < relevant) idealDcg += (ideal[i] as number) / log2Whole(i + 2);
      if (grade > 0) {
        sum += dcg / idealDcg;
        found++;
      }
    }
    return (sum + ((relevant - found) * dcg) / idealDcg) / relevant;
  },
});

export const Rndcg = defineFamily({
  name: "Rndcg",
  help: "nDCG at each rank after which the best ranking's grade falls, averaged over those ranks",
  reference: REFERENCE,
  parameters: { rel: { ...REL, help: "queries without a document of this grade count 0" } },
  aggregate: "mean",
  compute({ grades, judged }, { rel }) {
    if (countRelevant(judged, rel) === 0) return 0;
    const { ideal } = judged;
    const relevant = countRelevant(judged, 1);
    let dcg = 0;
    let idealDcg = 0;
    let sum = 0;
    let points = 0;
    let i = 0;
    for (let level = ideal[0] as number; level > 0; i++) {
      const next = i < relevant ? (ideal[i] as number) : 0;
      if (next !== level) {
        sum += dcg / idealDcg;
        points++;
        level = next;
      }
      dcg += discounted(i);
      if (next > 0) idealDcg += next / log2Whole(i + 2);
    }
    if (i < grades.length) {
      for (; i < grades.length; i++) dcg += discounted(i);
      sum += dcg / idealDcg;
      points++;
    }
    return sum / points;

    function discounted(i: number): number {
      const grade = grades[i] ?? 0;
      return grade > 0 ? grade / log2Whole(i + 2) : 0;
    }
  },
});
