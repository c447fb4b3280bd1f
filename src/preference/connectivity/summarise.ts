import { show } from "../../types/error.js";

const NAMES = 4;

/** What components and groups mean, in words that name items. */
export function summarise(
  components: readonly (readonly unknown[])[],
  groups: readonly (readonly unknown[])[],
  ends: { readonly unbeaten: readonly boolean[]; readonly winless: readonly boolean[] },
): string {
  if (groups.length <= 1) return "Wins lead from every item to every other one: all scores are finite.";
  const parts: string[] = [];
  if (components.length > 1) {
    const smallest = components.reduce((a, b) => (b.length < a.length ? b : a));
    parts.push(
      `Nothing connects ${components.length} parts of the comparisons; one of them is ${names(smallest)}.`,
    );
  }
  let top = groups.filter((_, g) => ends.unbeaten[g] && !ends.winless[g]).flat();
  let bottom = groups.filter((_, g) => ends.winless[g] && !ends.unbeaten[g]).flat();
  // Of two groups, one sentence says what the other would.
  if (groups.length === 2) {
    if (top.length > bottom.length) top = [];
    else bottom = [];
  }
  if (top.length > 0) parts.push(`${names(top)} never lost to any of the others.`);
  if (bottom.length > 0) parts.push(`${names(bottom)} never won against any of the others.`);
  return parts.join(" ");
}

/** The first few by name, the rest by number. */
function names(items: readonly unknown[]): string {
  const shown = items.slice(0, NAMES).map(show);
  const rest = items.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${rest} more`;
  return shown.length < 2 ? shown.join() : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
