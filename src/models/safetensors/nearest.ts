/** The `count` names most like `wanted` by shared letter pairs (Dice's coefficient), best first. */
export function nearestNames(wanted: string, names: Iterable<string>, count: number): string[] {
  const target = bigrams(wanted);
  return [...names]
    .map((name) => ({ name, likeness: dice(target, bigrams(name)) }))
    .filter(({ likeness }) => likeness > 0)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, count)
    .map(({ name }) => name);
}

function bigrams(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let i = 0; i + 1 < text.length; i++) pairs.add(text.slice(i, i + 2));
  return pairs;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const pair of b) if (a.has(pair)) shared++;
  return shared === 0 ? 0 : (2 * shared) / (a.size + b.size);
}
