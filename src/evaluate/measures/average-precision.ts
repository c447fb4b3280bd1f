import { expectedAveragePrecision } from "./expected/expected-average-precision.js";
import { countRelevant } from "./judged-query.js";
import type { JudgedRanking } from "./measure.js";
import { CUTOFF, defineFamily, REL } from "./measure-family.js";

const REFERENCE = "Buckley & Voorhees 2005, Retrieval system evaluation";

export const AP = defineFamily({
  name: "AP",
  aliases: ["MAP"],
  numbered: "map_cut",
  help: "Precision at each relevant document retrieved, averaged over all relevant documents",
  reference: REFERENCE,
  parameters: { rel: REL, cutoff: CUTOFF },
  aggregate: "mean",
  compute: averagePrecision,
  expected: (ranking, { rel, cutoff }) => expectedAveragePrecision(ranking, rel, cutoff),
});

export const gmMap = defineFamily({
  name: "gm_map",
  aliases: ["GMAP"],
  help: "AP averaged over the queries by the geometric mean; values below 0.00001 count as that",
  reference: "Robertson 2006, On GMAP and other transformations",
  parameters: { rel: REL },
  aggregate: "geometric mean",
  compute: (ranking, { rel }) => averagePrecision(ranking, { rel, cutoff: Number.POSITIVE_INFINITY }),
});

function averagePrecision(
  { grades, judged }: JudgedRanking,
  values: { rel: number; cutoff: number },
): number {
  const relevant = countRelevant(judged, values.rel);
  if (relevant === 0) return 0;
  const end = Math.min(values.cutoff, grades.length);
  let found = 0;
  let sum = 0;
  for (let i = 0; i < end; i++) {
    if ((grades[i] as number) >= values.rel) sum += ++found / (i + 1);
  }
  return sum / relevant;
}
