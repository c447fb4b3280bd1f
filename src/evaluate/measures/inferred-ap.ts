import { countRelevant } from "./judged-query.js";
import { UNJUDGED } from "./measure.js";
import { defineFamily, REL } from "./measure-family.js";

/** Keeps the share of relevant documents defined before any was judged; trec_eval's value. */
const EPSILON = 0.00001;

export const infAP = defineFamily({
  name: "infAP",
  help: "AP estimated where only a sample of the pool is judged; negative grades say in the pool but not judged",
  reference: "Yilmaz & Aslam 2006, Estimating average precision with incomplete and imperfect judgments",
  parameters: { rel: REL },
  aggregate: "mean",
  compute({ grades, judged }, { rel }) {
    const relevant = countRelevant(judged, rel);
    if (relevant === 0) return 0;
    let relevantAbove = 0;
    let otherAbove = 0;
    let unjudgedAbove = 0;
    let sum = 0;
    for (let i = 0; i < grades.length; i++) {
      const grade = grades[i] as number;
      if (grade >= rel) {
        if (i === 0) sum += 1;
        else {
          const pooled = (relevantAbove + otherAbove + unjudgedAbove) / i;
          const share = (relevantAbove + EPSILON) / (relevantAbove + otherAbove + 2 * EPSILON);
          sum += 1 / (i + 1) + (i / (i + 1)) * pooled * share;
        }
        relevantAbove++;
      } else if (grade >= 0) otherAbove++;
      else if (grade !== UNJUDGED) unjudgedAbove++;
    }
    return sum / relevant;
  },
});
