import { expectedCount } from "./expected/expected-gains.js";
import { countRelevant, countRetrieved } from "./judged-query.js";
import { defineFamily, REL, REQUIRED_CUTOFF } from "./measure-family.js";

export const R = defineFamily({
  name: "R",
  aliases: ["Recall"],
  numbered: "recall",
  help: "Share of all relevant documents that stand among the first k",
  reference: "Cleverdon 1967, The Cranfield tests on index language devices",
  parameters: { rel: REL, cutoff: REQUIRED_CUTOFF },
  aggregate: "mean",
  compute({ grades, judged }, { rel, cutoff }) {
    const relevant = countRelevant(judged, rel);
    return relevant === 0 ? 0 : countRetrieved(grades, rel, cutoff) / relevant;
  },
  expected(ranking, { rel, cutoff }) {
    const relevant = countRelevant(ranking.judged, rel);
    return relevant === 0 ? 0 : expectedCount(ranking, rel, cutoff) / relevant;
  },
});
