import type { Evidence, WarningCode } from "../../types/index.js";

/** What is kept of a pair. */
export interface CachedScore {
  readonly score: number;
  readonly evidence?: Evidence | undefined;
  /** Codes of the warnings that named the pair, of those that can be kept. */
  readonly warnings: readonly KeptWarning[];
}

/** Warnings of which a code and the pairs that it concerns tell everything. */
export const KEPT_WARNINGS = [
  "truncated",
  "query_truncated",
  "malformed_text",
] as const satisfies readonly WarningCode[];
export type KeptWarning = (typeof KEPT_WARNINGS)[number];

const VERSION = 1;
const HAS_EVIDENCE = 1;
const SHORT = 10;
const LONG = SHORT + 16;
const MOST = 2 ** 32 - 1;

/**
 * In 10 bytes, or 26 with evidence, least significant first: version, flags (1: evidence; 2, 4, 8: a warning each),
 * score as float64, then start and end of the window, tokens seen and tokens in all as 32 bits each.
 *
 * @returns undefined for what cannot be kept: numbers that do not fit
 */
export function encodeScore({ score, evidence, warnings }: CachedScore): Uint8Array | undefined {
  if (!Number.isFinite(score)) return undefined;
  const bytes = new Uint8Array(evidence ? LONG : SHORT);
  const view = new DataView(bytes.buffer);
  const flags = KEPT_WARNINGS.map((code, bit) => (warnings.includes(code) ? 2 << bit : 0));
  bytes[0] = VERSION;
  bytes[1] = flags.reduce((all, flag) => all | flag, evidence ? HAS_EVIDENCE : 0);
  view.setFloat64(2, score, true);
  if (evidence) {
    const { window, tokensSeen, tokensTotal } = evidence;
    const numbers = [...window, tokensSeen, tokensTotal];
    if (!numbers.every((value) => Number.isInteger(value) && value >= 0 && value <= MOST)) return undefined;
    for (const [i, value] of numbers.entries()) view.setUint32(SHORT + 4 * i, value, true);
  }
  return bytes;
}

/** @returns undefined for bytes that `encodeScore` did not write */
export function decodeScore(bytes: Uint8Array): CachedScore | undefined {
  const [version, flags = 0] = bytes;
  const length = flags & HAS_EVIDENCE ? LONG : SHORT;
  if (version !== VERSION || bytes.length !== length || flags >= 2 << KEPT_WARNINGS.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const score = view.getFloat64(2, true);
  if (!Number.isFinite(score)) return undefined;
  const number = (i: number) => view.getUint32(SHORT + 4 * i, true);
  return {
    score,
    warnings: KEPT_WARNINGS.filter((_, bit) => flags & (2 << bit)),
    ...(length === LONG && {
      evidence: { window: [number(0), number(1)], tokensSeen: number(2), tokensTotal: number(3) },
    }),
  };
}
