import type { ErrorCode, PartRecord } from "../../types/index.js";

const NOTHING = { pairs: 0, tokens: 0, calls: 0 } as const;

/** Of a member that gave no ranking. */
export function failedPart(model: string, documents: number, totalMs: number, code: ErrorCode): PartRecord {
  return { model, outcome: "failed", code, documents, totalMs, usage: NOTHING };
}

/** Of a member that was not asked. */
export function skippedPart(model: string): PartRecord {
  return { model, outcome: "skipped", documents: 0, totalMs: 0, usage: NOTHING };
}
