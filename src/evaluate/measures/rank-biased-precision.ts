import { expectedGains } from "./expected/expected-gains.js";
import { CUTOFF, defineFamily, REL } from "./measure-family.js";

export const RBP = defineFamily({
  name: "RBP",
  help: "(1 − p) · Σ p^(rank − 1) over the relevant documents: the reader goes on with probability p",
  reference:
    "Moffat & Zobel 2008, Rank-biased precision for measurement of retrieval effectiveness (binary relevance, without residual)",
  parameters: {
    p: {
      kind: "number",
      default: 0.8,
      min: 0,
      max: 1,
      open: true,
      help: "probability that the reader goes on to the next document",
    },
    rel: REL,
    cutoff: CUTOFF,
  },
  aggregate: "mean",
  compute({ grades }, { p, rel, cutoff }) {
    const end = Math.min(cutoff, grades.length);
    let sum = 0;
    for (let i = 0, weight = 1; i < end; i++, weight *= p) {
      if ((grades[i] as number) >= rel) sum += weight;
    }
    return (1 - p) * sum;
  },
  expected(ranking, { p, rel, cutoff }) {
    const gains = expectedGains(ranking, cutoff, (grade) => (grade >= rel ? 1 : 0));
    let sum = 0;
    for (let i = 0, weight = 1; i < gains.length; i++, weight *= p) sum += weight * (gains[i] as number);
    return (1 - p) * sum;
  },
});
