import { RankwrightError, show } from "../types/index.js";

/** What one request may hold at most. */
export interface Limits {
  /** Documents in a request. */
  readonly documents: number;
  /** UTF-16 units of one document, title and text together. */
  readonly documentCharacters: number;
}

/** Generous defaults: they stop accidents, not work. */
export const LIMITS: Limits = { documents: 100_000, documentCharacters: 50_000_000 };

/** The defaults with some of them replaced; throws INVALID_OPTION for anything but positive numbers. */
export function resolveLimits(overrides: Partial<Limits> = {}): Limits {
  const limits = { ...LIMITS, ...overrides };
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value === "number" && value > 0) continue;
    const field = `limits.${name}`;
    throw new RankwrightError("INVALID_OPTION", `${field} is ${show(value)}; give a positive number.`, {
      field,
      value,
    });
  }
  return limits;
}
