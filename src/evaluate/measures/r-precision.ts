import { expectedCount } from "./expected/expected-gains.js";
import { countRelevant, countRetrieved } from "./judged-query.js";
import { defineFamily, REL } from "./measure-family.js";

export const Rprec = defineFamily({
  name: "Rprec",
  help: "Precision after as many documents as there are relevant ones",
  reference: "Buckley & Voorhees 2005, Retrieval system evaluation",
  parameters: { rel: REL },
  aggregate: "mean",
  compute({ grades, judged }, { rel }) {
    const relevant = countRelevant(judged, rel);
    return relevant === 0 ? 0 : countRetrieved(grades, rel, relevant) / relevant;
  },
  expected(ranking, { rel }) {
    const relevant = countRelevant(ranking.judged, rel);
    return relevant === 0 ? 0 : expectedCount(ranking, rel, relevant) / relevant;
  },
});

export const RprecMult = defineFamily({
  name: "Rprec_mult",
  numbered: "Rprec_mult",
  help: "Precision after a multiple of as many documents as there are relevant ones",
  reference: "trec_eval",
  parameters: {
    rel: REL,
    multiple: {
      kind: "number",
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
      open: true,
      at: true,
      help: "the multiple, such as 0.5",
    },
  },
  aggregate: "mean",
  compute({ grades, judged }, { rel, multiple }) {
    const cutoff = Math.trunc(multiple * countRelevant(judged, rel) + 0.9);
    return cutoff === 0 ? 0 : countRetrieved(grades, rel, cutoff) / cutoff;
  },
  expected(ranking, { rel, multiple }) {
    const cutoff = Math.trunc(multiple * countRelevant(ranking.judged, rel) + 0.9);
    return cutoff === 0 ? 0 : expectedCount(ranking, rel, cutoff) / cutoff;
  },
});
