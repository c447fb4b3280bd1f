import type { Load } from "../../types/index.js";

/** What waits for several models together; undefined where none of them tells. The slowest sets the pace. */
export function addLoads(loads: readonly (Load | undefined)[]): Load | undefined {
  const known = loads.filter((load) => load !== undefined);
  if (known.length === 0) return undefined;
  const paces = known.map(({ pace }) => pace).filter((pace) => pace > 0);
  return {
    queuedSequences: known.reduce((sum, { queuedSequences }) => sum + queuedSequences, 0),
    queuedTokens: known.reduce((sum, { queuedTokens }) => sum + queuedTokens, 0),
    pace: paces.length === 0 ? 0 : Math.min(...paces),
    onBatch(listener) {
      for (const load of known) load.onBatch?.(listener);
    },
  };
}
