import type { RerankResult, WarningCode } from "../../types/index.js";

/** Warnings that say why candidates have no score, the gravest first; without one it was time. */
const REASONS: readonly WarningCode[] = ["outage", "budget", "unjudged", "deadline"];

/** Why a ranking has no score at all; undefined where it has one. */
export function unscoredReason({ results, warnings }: RerankResult): WarningCode | undefined {
  if (results.some(({ scored }) => scored !== false)) return undefined;
  return REASONS.find((reason) => warnings.some(({ code }) => code === reason)) ?? "deadline";
}
