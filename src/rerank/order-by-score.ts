/**
 * Indices of `scores`, best first. Equal scores keep their order, and the indices in `unscored` come last in
 * theirs, whatever number stands in their place.
 */
export function orderByScore(scores: ArrayLike<number>, unscored?: ReadonlySet<number>): number[] {
  const scored: number[] = [];
  const rest: number[] = [];
  for (let i = 0; i < scores.length; i++) (unscored?.has(i) ? rest : scored).push(i);
  scored.sort((a, b) => scores[b]! - scores[a]!);
  return scored.concat(rest);
}
