import { countRelevant, countRetrieved } from "./judged-query.js";
import type { JudgedRanking } from "./measure.js";
import { defineFamily, REL } from "./measure-family.js";

const SHARED = {
  reference: "trec_eval; van Rijsbergen 1979, Information retrieval",
  aggregate: "mean",
  orderless: true,
} as const;

/** The contingency table of the whole set retrieved. */
function setCounts({ grades, judged }: JudgedRanking, rel: number) {
  return {
    found: countRetrieved(grades, rel, grades.length),
    retrieved: grades.length,
    relevant: countRelevant(judged, rel),
  };
}

export const SetP = defineFamily({
  ...SHARED,
  name: "set_P",
  aliases: ["SetP"],
  help: "Share of relevant documents among all retrieved",
  parameters: { rel: REL },
  compute(ranking, { rel }) {
    const { found, retrieved } = setCounts(ranking, rel);
    return retrieved === 0 ? 0 : found / retrieved;
  },
});

export const SetRelativeP = defineFamily({
  ...SHARED,
  name: "set_relative_P",
  aliases: ["SetRelP"],
  help: "set_P as a share of the best that the number of relevant documents allows",
  parameters: { rel: REL },
  compute(ranking, { rel }) {
    const { found, retrieved, relevant } = setCounts(ranking, rel);
    return found === 0 ? 0 : found / Math.min(retrieved, relevant);
  },
});

export const SetRecall = defineFamily({
  ...SHARED,
  name: "set_recall",
  aliases: ["SetR"],
  help: "Share of all relevant documents that are retrieved at all",
  parameters: { rel: REL },
  compute(ranking, { rel }) {
    const { found, relevant } = setCounts(ranking, rel);
    return relevant === 0 ? 0 : found / relevant;
  },
});

export const SetAP = defineFamily({
  ...SHARED,
  name: "set_map",
  aliases: ["SetAP"],
  help: "set_P times set_recall",
  parameters: { rel: REL },
  compute(ranking, { rel }) {
    const { found, retrieved, relevant } = setCounts(ranking, rel);
    return found === 0 ? 0 : (found * found) / (retrieved * relevant);
  },
});

export const SetF = defineFamily({
  ...SHARED,
  name: "set_F",
  aliases: ["SetF"],
  help: "Weighted harmonic mean of set_P and set_recall: (x + 1) · P · R / (x · P + R)",
  parameters: {
    x: {
      kind: "number",
      default: 1,
      min: 0,
      max: Number.MAX_VALUE,
      help: "weight of recall relative to precision (the square of Fβ's β)",
    },
    rel: REL,
  },
  compute(ranking, { x, rel }) {
    const { found, retrieved, relevant } = setCounts(ranking, rel);
    if (found === 0) return 0;
    const precision = found / retrieved;
    const recall = found / relevant;
    return ((x + 1) * precision * recall) / (x * precision + recall);
  },
});

const weight = (value: number, help: string) =>
  ({ kind: "number", default: value, min: -Number.MAX_VALUE, max: Number.MAX_VALUE, help }) as const;

export const Utility = defineFamily({
  ...SHARED,
  name: "utility",
  help: "a · relevant retrieved + b · others retrieved + c · relevant missed + d · others not retrieved",
  parameters: {
    a: weight(1, "worth of a relevant document retrieved"),
    b: weight(-1, "worth of another document retrieved"),
    c: weight(0, "worth of a relevant document not retrieved"),
    d: weight(0, "worth of another document not retrieved"),
    docs: {
      kind: "whole",
      default: 0,
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
      help: "number of documents in the collection, for d",
    },
    rel: REL,
  },
  compute(ranking, { a, b, c, d, docs, rel }) {
    const { found, retrieved, relevant } = setCounts(ranking, rel);
    const rest = docs + found - retrieved - relevant;
    return a * found + b * (retrieved - found) + c * (relevant - found) + d * rest;
  },
});
