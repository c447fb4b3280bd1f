import type { Warning } from "../../types/index.js";
import { KEPT_WARNINGS, type KeptWarning } from "./cached-score.js";

/** What the warnings of a call say of each of its pairs. */
export interface PairWarnings {
  /** By pair: codes that can be kept with its score. */
  readonly kept: readonly (readonly KeptWarning[])[];
  /** Pairs of which more was said than a code; their scores cannot be kept without losing that. */
  readonly others: ReadonlySet<number>;
}

/** @param pairs How many the call had. */
export function splitWarnings(warnings: readonly Warning[], pairs: number): PairWarnings {
  const kept: KeptWarning[][] = Array.from({ length: pairs }, () => []);
  const others = new Set<number>();
  for (const { code, documents } of warnings) {
    const concerned = documents ?? kept.map((_, pair) => pair);
    const known = documents && KEPT_WARNINGS.find((name) => name === code);
    for (const pair of concerned) {
      if (known) kept[pair]?.push(known);
      else others.add(pair);
    }
  }
  return { kept, others };
}

const WORDS: Readonly<Record<KeptWarning, string>> = {
  truncated: "documents did not fit into the model's limit; windows read long documents whole",
  query_truncated: "pairs have a query of which not all was read; shorten it or raise maxQueryTokens",
  malformed_text: "pairs hold lone surrogates, which were read as U+FFFD",
};

/**
 * The warnings of a call, part of which was known from a cache: with the same codes and pairs as without the cache.
 * Messages about pairs from the cache have no figures of the model's.
 *
 * @param fresh What the scorer warned of, with indices of this call.
 * @param cached By pair of this call: the codes kept with its score, where it came from the cache.
 */
export function mergeWarnings(
  fresh: readonly Warning[],
  cached: readonly (readonly KeptWarning[] | undefined)[],
): Warning[] {
  const merged = new Map<string, Warning>();
  const rest: Warning[] = [];
  for (const warning of fresh) {
    if (warning.documents && KEPT_WARNINGS.some((code) => code === warning.code))
      merged.set(warning.code, warning);
    else rest.push(warning);
  }
  for (const code of KEPT_WARNINGS) {
    const known = cached.flatMap((codes, pair) => (codes?.includes(code) ? [pair] : []));
    if (known.length === 0) continue;
    const documents = [...(merged.get(code)?.documents ?? []), ...known].sort((a, b) => a - b);
    const message = `${documents.length} of ${cached.length} ${WORDS[code]}`;
    merged.set(code, { code, message, documents });
  }
  return [...KEPT_WARNINGS.flatMap((code) => merged.get(code) ?? []), ...rest];
}
