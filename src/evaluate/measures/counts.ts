import { countRelevant, countRetrieved } from "./judged-query.js";
import { defineFamily, REL } from "./measure-family.js";

const REFERENCE = "trec_eval";

export const NumQ = defineFamily({
  name: "NumQ",
  aliases: ["num_q"],
  help: "Number of queries that the means run over",
  reference: REFERENCE,
  parameters: {},
  aggregate: "count",
  orderless: true,
  compute: () => 1,
  missing: () => 1,
});

export const NumRet = defineFamily({
  name: "NumRet",
  aliases: ["num_ret"],
  help: "Number of documents retrieved, summed over the queries",
  reference: REFERENCE,
  parameters: {},
  aggregate: "sum",
  orderless: true,
  compute: ({ grades }) => grades.length,
});

export const NumRel = defineFamily({
  name: "NumRel",
  aliases: ["num_rel"],
  help: "Number of relevant documents, retrieved or not, summed over the queries",
  reference: REFERENCE,
  parameters: { rel: REL },
  aggregate: "sum",
  orderless: true,
  compute: ({ judged }, { rel }) => countRelevant(judged, rel),
  missing: (judged, { rel }) => countRelevant(judged, rel),
});

export const NumRelRet = defineFamily({
  name: "NumRelRet",
  aliases: ["num_rel_ret"],
  help: "Number of relevant documents retrieved, summed over the queries",
  reference: REFERENCE,
  parameters: { rel: REL },
  aggregate: "sum",
  orderless: true,
  compute: ({ grades }, { rel }) => countRetrieved(grades, rel, grades.length),
});

export const NumNonRelJudgedRet = defineFamily({
  name: "num_nonrel_judged_ret",
  help: "Number of documents retrieved that are judged not relevant, summed over the queries",
  reference: REFERENCE,
  parameters: { rel: REL },
  aggregate: "sum",
  orderless: true,
  compute({ grades }, { rel }) {
    const { length } = grades;
    return countRetrieved(grades, 0, length) - countRetrieved(grades, rel, length);
  },
});
