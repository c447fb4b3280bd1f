import type { Collection } from "./collection.js";

/** The queries that somebody judged and that have a text, by id, in the order of the collection. */
export function judgedQueries({ queries, qrels }: Collection): Map<string, string> {
  return new Map([...queries].filter(([id, text]) => qrels.has(id) && text.trim() !== ""));
}
