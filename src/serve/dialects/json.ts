import { RankwrightError } from "../../types/index.js";

/** A number that is printed with a fraction part: `1.0` where `JSON.stringify` prints `1`. */
export class Score {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/**
 * A score for an answer. Java clients read `1` as an integer and fail to cast it to Double; a counting number, such
 * as an index, stays a plain number for the opposite reason.
 */
export function score(value: number): Score {
  return new Score(value);
}

/**
 * An answer as JSON. Numbers are printed in the shortest form that reads back as the same double. Only what an object
 * holds itself is printed, without what is undefined; lone surrogates in text become U+FFFD, as models read them.
 *
 * @throws RankwrightError INTERNAL for a number that is not finite, or anything that JSON has no word for
 */
export function toJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.toWellFormed());
    case "number":
      return finite(value);
    case "boolean":
      return String(value);
    case "object":
      if (value === null) return "null";
      if (value instanceof Score) return withFraction(finite(value.value));
      return Array.isArray(value) ? list(value) : members(value as Readonly<Record<string, unknown>>);
    default:
      throw new RankwrightError("INTERNAL", `An answer holds a ${typeof value}; please report it.`);
  }
}

function list(items: readonly unknown[]): string {
  let text = "[";
  for (let index = 0; index < items.length; index++) text += (index === 0 ? "" : ",") + toJson(items[index]);
  return `${text}]`;
}

function members(value: Readonly<Record<string, unknown>>): string {
  let text = "{";
  for (const key of Object.keys(value)) {
    const item = value[key];
    if (item === undefined) continue;
    // Most keys are names, which need no escapes.
    const name = /^\w+$/.test(key) ? `"${key}":` : `${toJson(key)}:`;
    text += (text === "{" ? name : `,${name}`) + toJson(item);
  }
  return `${text}}`;
}

function finite(value: number): string {
  if (!Number.isFinite(value)) {
    throw new RankwrightError("INTERNAL", `An answer holds the number ${value}; please report it.`, {
      value,
    });
  }
  return Object.is(value, -0) ? "-0" : String(value);
}

function withFraction(digits: string): string {
  return /[.e]/.test(digits) ? digits : `${digits}.0`;
}
