import { isAbsent, isObject } from "../../files/json-lines.js";
import { type Document, show } from "../../types/index.js";
import { invalidData, type Origin } from "./invalid-data.js";

export type Fields = Readonly<Record<string, unknown>>;

/** The first of these keys under which a record holds something. */
export function presentKey(record: Fields, keys: readonly string[]): string | undefined {
  return keys.find((key) => !isAbsent(record[key]));
}

/** A text that is not blank. @throws INVALID_TRAINING_DATA */
export function readText(value: unknown, field: string, origin: Origin): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw invalidData(origin, `${field} is ${show(value)}; give a string that is not blank`, { field, value });
}

/** A document: a text, or an object with `text` and, where it has one, `title`. @throws INVALID_TRAINING_DATA */
export function readDocument(value: unknown, field: string, origin: Origin): Document {
  if (!isObject(value)) return { text: readText(value, field, origin) };
  return titled(readText(value.text, `${field}.text`, origin), value.title, `${field}.title`, origin);
}

/** A text with the title that may stand beside it. @throws INVALID_TRAINING_DATA */
export function titled(text: string, title: unknown, field: string, origin: Origin): Document {
  if (isAbsent(title) || title === "") return { text };
  if (typeof title === "string") return { title, text };
  throw invalidData(origin, `${field} is ${show(title)}; give a string, or leave it out`, {
    field,
    value: title,
  });
}

/** One document or an array of them. @throws INVALID_TRAINING_DATA */
export function readDocuments(value: unknown, field: string, origin: Origin): Document[] {
  if (!Array.isArray(value)) return [readDocument(value, field, origin)];
  return value.map((item, i) => readDocument(item, `${field}[${i}]`, origin));
}

/** A finite number; false and true count as 0 and 1. @throws INVALID_TRAINING_DATA */
export function readTarget(value: unknown, field: string, origin: Origin): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw invalidData(origin, `${field} is ${show(value)}; give a finite number`, { field, value });
}
