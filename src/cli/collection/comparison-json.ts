import type { SystemComparison } from "../../evaluate/statistics/compare-systems.js";

/** A comparison for programs; what is not a number is left out. */
export function comparisonJson({ name: _, mean: __, detectable, ...others }: SystemComparison) {
  return { ...others, ...(Number.isFinite(detectable) && { detectable }) };
}
