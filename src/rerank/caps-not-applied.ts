import type { RerankRequest, Warning } from "../types/index.js";

/** What to say where a model counts no tokens, or not before it reads them, and the caller wants them capped. */
export function capsNotApplied(
  id: string,
  { maxQueryTokens, maxDocumentTokens }: Pick<RerankRequest, "maxQueryTokens" | "maxDocumentTokens">,
): Warning[] {
  return Object.entries({ maxQueryTokens, maxDocumentTokens })
    .filter(([, most]) => most !== undefined)
    .map(([name, most]) => ({
      code: "not_applied",
      message: `${name} is ${most}, and ${id} has no way to cut texts by tokens; shorten them before, or leave it out`,
    }));
}
