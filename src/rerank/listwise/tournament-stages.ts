/** One stage of a tournament: so many documents, of which so many advance, in so many groups. */
export interface Stage {
  readonly from: number;
  readonly to: number;
  readonly groups: number;
}

/** Fewer groups than this, and their winners would be too few of the first stage's best. */
const FEWEST_GROUPS = 5;

/**
 * The stages of a tournament, down the steps 1, 2, 5, 10, 20, 50 … to 2; a step that would drop less than a quarter is
 * left out. For 100 documents and groups of 20 those of TourRank (2406.11678): 100 → 50 → 20 → 10 → 5 → 2 in 5, 5, 1, 1
 * and 1 groups.
 *
 * @param groupSize at least 5
 */
export function tournamentStages(count: number, groupSize: number): Stage[] {
  const stages: Stage[] = [];
  for (let from = count; from > 2; ) {
    const to = Math.max(2, stepBelow(from * 0.75));
    const wanted = from > groupSize ? Math.max(FEWEST_GROUPS, Math.ceil(from / groupSize)) : 1;
    stages.push({ from, to, groups: Math.min(wanted, to) });
    from = to;
  }
  return stages;
}

/** The largest of 1, 2, 5, 10, 20 … that is not above `limit`. */
function stepBelow(limit: number): number {
  const decade = 10 ** Math.floor(Math.log10(limit));
  const step = [5, 2].find((factor) => factor * decade <= limit) ?? 1;
  return step * decade;
}
