import { expectedCount } from "./expected/expected-gains.js";
import { countRelevant, countRetrieved } from "./judged-query.js";
import { defineFamily, REL, REQUIRED_CUTOFF } from "./measure-family.js";

export const P = defineFamily({
  name: "P",
  aliases: ["Precision"],
  numbered: "P",
  help: "Share of relevant documents among the first k; ranks that the run leaves empty count as not relevant",
  reference: "Cleverdon 1967, The Cranfield tests on index language devices",
  parameters: { rel: REL, cutoff: REQUIRED_CUTOFF },
  aggregate: "mean",
  compute: ({ grades }, { rel, cutoff }) => countRetrieved(grades, rel, cutoff) / cutoff,
  expected: (ranking, { rel, cutoff }) => expectedCount(ranking, rel, cutoff) / cutoff,
});

export const relativeP = defineFamily({
  name: "relative_P",
  numbered: "relative_P",
  help: "P@k as a share of the best that the number of relevant documents allows",
  reference: "trec_eval",
  parameters: { rel: REL, cutoff: REQUIRED_CUTOFF },
  aggregate: "mean",
  compute({ grades, judged }, { rel, cutoff }) {
    const relevant = countRelevant(judged, rel);
    return relevant === 0 ? 0 : countRetrieved(grades, rel, cutoff) / Math.min(cutoff, relevant);
  },
  expected(ranking, { rel, cutoff }) {
    const relevant = countRelevant(ranking.judged, rel);
    return relevant === 0 ? 0 : expectedCount(ranking, rel, cutoff) / Math.min(cutoff, relevant);
  },
});
