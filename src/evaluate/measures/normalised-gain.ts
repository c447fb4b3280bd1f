import { log2Whole } from "./exact-logarithms.js";
import { countRelevant } from "./judged-query.js";
import { defineFamily, REL } from "./measure-family.js";

const REFERENCE = "trec_eval (experimental, 2008)";

export const G = defineFamily({
  name: "G",
  help: "Gain of each document discounted by how much the best ranking had gained more by then",
  reference: REFERENCE,
  parameters: {},
  aggregate: "mean",
  compute({ grades, judged: { ideal } }) {
    let best = 0;
    for (const grade of ideal) if (grade > 0) best += grade;
    if (best === 0) return 0;
    let cost = 0;
    let gained = 0;
    let sum = 0;
    for (let i = 0; i < grades.length; i++) {
      cost += Math.max(ideal[i] ?? 0, 1);
      const grade = grades[i] as number;
      if (grade <= 0) continue;
      gained += grade;
      sum += grade / log2Whole(2 + cost - gained);
    }
    return sum / best;
  },
});

export const binG = defineFamily({
  name: "binG",
  help: "1 / log2(2 + other documents above) at each relevant document, averaged over all relevant ones",
  reference: REFERENCE,
  parameters: { rel: REL },
  aggregate: "mean",
  compute({ grades, judged }, { rel }) {
    const relevant = countRelevant(judged, rel);
    if (relevant === 0) return 0;
    let found = 0;
    let sum = 0;
    for (let i = 0; i < grades.length; i++) {
      if ((grades[i] as number) >= rel) sum += 1 / log2Whole(3 + i - ++found);
    }
    return sum / relevant;
  },
});
