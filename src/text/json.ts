import { RankwrightError, show } from "../types/index.js";

export type JsonObject = { readonly [key: string]: unknown };

/** A complaint about a tokenizer file: what `field` holds and what it should. */
export function invalidTokenizer(field: string, value: unknown, message: string): RankwrightError {
  return new RankwrightError("INVALID_TOKENIZER", `${field} is ${show(value)}: ${message}`, { field, value });
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown, field: string): JsonObject {
  if (!isObject(value)) throw invalidTokenizer(field, value, "an object is needed.");
  return value;
}

export function asArray(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidTokenizer(field, value, "an array is needed.");
  return value;
}

export function asString(value: unknown, field: string): string {
  if (typeof value !== "string") throw invalidTokenizer(field, value, "a string is needed.");
  return value;
}

/** A token id or the like. */
export function asIndex(value: unknown, field: string): number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > 0x7fffffff) {
    throw invalidTokenizer(field, value, "a whole number from 0 to 2147483647 is needed.");
  }
  return value;
}

/** A flag that may be absent. */
export function asFlag(value: unknown, field: string, fallback: boolean): boolean {
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "boolean") throw invalidTokenizer(field, value, "true or false is needed.");
  return value;
}
