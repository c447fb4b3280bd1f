import type { z } from "zod";
import { RankwrightError } from "../../types/index.js";
import type { Body } from "./dialect.js";
import { refuse } from "./refuse.js";
import type { DialectSettings } from "./settings.js";

/**
 * Checks a body against a dialect's schema. What it returns is the body itself: nothing is copied, filled in or
 * converted, so that no key of a caller's can end up where it was not sent.
 *
 * @throws RankwrightError INVALID_REQUEST, or REQUEST_TOO_LARGE for a list beyond `maxItems`
 */
export function readBody<Schema extends z.ZodObject>(
  schema: Schema,
  body: Body,
  settings: DialectSettings,
): z.infer<Schema> {
  for (const [name, value] of Object.entries(body)) {
    // Before the schema looks at every item and reports each that is wrong.
    if (Array.isArray(value) && value.length > settings.maxItems) {
      const message = `${name} holds ${value.length} items; pass at most ${settings.maxItems}`;
      throw new RankwrightError("REQUEST_TOO_LARGE", message, { field: name, value: value.length });
    }
    if (settings.strict && !Object.hasOwn(schema.shape, name)) {
      const known = Object.keys(schema.shape).join(", ");
      refuse("INVALID_REQUEST", name, value, `leave it out: the fields are ${known}`);
    }
  }
  const issue = schema.safeParse(body).error?.issues[0];
  if (issue) refuse("INVALID_REQUEST", fieldName(issue.path), valueAt(body, issue.path), issue.message);
  return body as z.infer<Schema>;
}

/** @throws RankwrightError EMPTY_QUERY */
export function readQuery(query: string, field = "query"): string {
  if (query.trim() === "") refuse("EMPTY_QUERY", field, query, "pass the text to rank the documents by");
  return query;
}

/** @throws RankwrightError NO_DOCUMENTS */
export function notEmpty<Item>(list: readonly Item[], field: string): readonly Item[] {
  if (list.length === 0) refuse("NO_DOCUMENTS", field, list, "pass at least one");
  return list;
}

/** `["documents", 3, "text"]` as `documents[3].text`. */
function fieldName(path: readonly PropertyKey[]): string {
  const name = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return name.replace(/^\./, "") || "body";
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  let value = body;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
