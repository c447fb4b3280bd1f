export interface ScoreHistogram {
  /** Ascending; one more than there are bins. */
  readonly edges: readonly number[];
  readonly relevant: readonly number[];
  readonly other: readonly number[];
}

/** Counts of the scores of relevant and of other documents in bins of equal width. */
export function scoreHistogram(
  relevant: readonly number[],
  other: readonly number[],
  bins = 30,
): ScoreHistogram {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const scores of [relevant, other]) {
    for (const score of scores) {
      least = Math.min(least, score);
      most = Math.max(most, score);
    }
  }
  if (least > most) return { edges: [0, 1], relevant: [0], other: [0] };
  const width = (most - least) / bins;
  // One bin around a constant, or around what a double cannot divide.
  if (!(width > 0 && Number.isFinite(width))) {
    return { edges: [least - 0.5, most + 0.5], relevant: [relevant.length], other: [other.length] };
  }
  const count = (scores: readonly number[]) => {
    const counts = new Array<number>(bins).fill(0);
    for (const score of scores) {
      const bin = Math.min(bins - 1, Math.floor((score - least) / width));
      counts[bin] = (counts[bin] as number) + 1;
    }
    return counts;
  };
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? most : least + i * width));
  return { edges, relevant: count(relevant), other: count(other) };
}
