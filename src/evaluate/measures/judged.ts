import { expectedCount } from "./expected/expected-gains.js";
import { countRetrieved } from "./judged-query.js";
import { CUTOFF, defineFamily } from "./measure-family.js";

export const Judged = defineFamily({
  name: "Judged",
  help: "Share of the first k documents retrieved that have a judgment (a grade of 0 or more)",
  reference: "MacAvaney et al. 2022, Streamlining evaluation with ir-measures",
  parameters: { cutoff: CUTOFF },
  aggregate: "mean",
  compute({ grades }, { cutoff }) {
    const retrieved = Math.min(cutoff, grades.length);
    return retrieved === 0 ? 0 : countRetrieved(grades, 0, cutoff) / retrieved;
  },
  expected(ranking, { cutoff }) {
    const retrieved = Math.min(cutoff, ranking.grades.length);
    return retrieved === 0 ? 0 : expectedCount(ranking, 0, cutoff) / retrieved;
  },
});
