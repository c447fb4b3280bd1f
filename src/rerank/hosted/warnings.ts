import type { Pair, Warning } from "../../types/index.js";
import type { Wish } from "./provider.js";

/** Text that no JSON can carry. */
export function malformed(pairs: readonly Pair[]): Warning[] {
  const documents = pairs.flatMap(({ query, document }, index) =>
    [query, document.title ?? "", document.text].every((text) => text.isWellFormed()) ? [] : [index],
  );
  if (documents.length === 0) return [];
  const message = `${documents.length} of ${pairs.length} pairs hold lone surrogates, which were sent as U+FFFD.`;
  return [{ code: "malformed_text", message, documents }];
}

/** What was asked for and the provider cannot do. */
export function notGranted(
  id: string,
  wishes: Readonly<Record<Wish, unknown>>,
  grants: readonly Wish[],
): Warning[] {
  const names = Object.entries(wishes).filter(
    ([wish, value]) => value !== undefined && !grants.includes(wish as Wish),
  );
  return names.map(([wish]) => ({
    code: "not_applied",
    message: `${id} has no way to take \`${wish}\`; it was left out.`,
  }));
}

export function remoteWarning(message: string): Warning {
  return { code: "remote_warning", message };
}

/** Only for models that compare the documents of a call. */
export function splitCalls(id: string, calls: number, queries: number): Warning[] {
  if (calls === queries) return [];
  const message = `${id} compares the documents of a call, and these went in ${calls}; scores of different calls are only roughly comparable.`;
  return [{ code: "split_call", message }];
}
