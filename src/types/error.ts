import type { ErrorCode } from "./error-codes.js";

const MARKER = Symbol.for("rankwright.error");

/** Where and what: the facts of an error, for programs rather than for eyes. */
export interface ErrorDetails {
  /** The field or option at fault, e.g. `documents[3].text`. */
  readonly field?: string | undefined;
  /** The offending value; never a secret. Long strings are shortened in the message. */
  readonly value?: unknown;
  readonly cause?: unknown;
}

/**
 * Every error this package throws on purpose. The message names the field, the value and the mend;
 * `code` is stable between releases.
 */
export class RankwrightError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly value: unknown;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "RankwrightError";
    this.code = code;
    this.field = details.field;
    this.value = details.value;
    Object.defineProperty(this, MARKER, { value: true });
  }

  /** Works across duplicate installs of the package, where `instanceof` fails. */
  static isInstance(error: unknown): error is RankwrightError {
    return typeof error === "object" && error !== null && MARKER in error;
  }
}

/** A value as it should stand in a message: quoted, on one line, at most 80 characters. */
export function show(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint" || value === undefined) return String(value);
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    text = String(value);
  }
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
