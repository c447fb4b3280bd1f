import { expectedReciprocalRank } from "./expected/expected-first-relevant.js";
import { CUTOFF, defineFamily, REL } from "./measure-family.js";

export const RR = defineFamily({
  name: "RR",
  aliases: ["MRR", "recip_rank"],
  help: "1 / rank of the first relevant document",
  reference: "Kantor & Voorhees 2000, The TREC-5 confusion track",
  parameters: { rel: REL, cutoff: CUTOFF },
  aggregate: "mean",
  compute({ grades }, { rel, cutoff }) {
    const end = Math.min(cutoff, grades.length);
    for (let i = 0; i < end; i++) if ((grades[i] as number) >= rel) return 1 / (i + 1);
    return 0;
  },
  expected: (ranking, { rel, cutoff }) => expectedReciprocalRank(ranking, rel, cutoff),
});
