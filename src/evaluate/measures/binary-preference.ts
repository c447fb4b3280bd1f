import { countRelevant } from "./judged-query.js";
import type { JudgedRanking } from "./measure.js";
import { defineFamily, REL } from "./measure-family.js";

const REFERENCE = "Buckley & Voorhees 2004, Retrieval evaluation with incomplete information";

export const Bpref = defineFamily({
  name: "Bpref",
  help: "Share of judged non-relevant documents that relevant ones are ranked above; unjudged ones are ignored",
  reference: REFERENCE,
  parameters: { rel: REL },
  aggregate: "mean",
  compute: (ranking, { rel }) => bpref(ranking, rel),
});

export const gmBpref = defineFamily({
  name: "gm_bpref",
  help: "Bpref averaged over the queries by the geometric mean; values below 0.00001 count as that",
  reference: REFERENCE,
  parameters: { rel: REL },
  aggregate: "geometric mean",
  compute: (ranking, { rel }) => bpref(ranking, rel),
});

function bpref({ grades, judged }: JudgedRanking, rel: number): number {
  const relevant = countRelevant(judged, rel);
  if (relevant === 0) return 0;
  const notRelevant = countRelevant(judged, 0) - relevant;
  const most = Math.min(notRelevant, relevant);
  let above = 0;
  let sum = 0;
  for (const grade of grades) {
    if (grade >= rel) sum += above > 0 ? 1 - Math.min(above, relevant) / most : 1;
    else if (grade >= 0) above++;
  }
  return sum / relevant;
}
