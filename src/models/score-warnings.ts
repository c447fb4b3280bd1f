import type { EncodedDocument, EncodedQuery, PairSettings } from "../text/index.js";
import type { Warning } from "../types/index.js";

/** What was lost before the model read a request; `documents` are indices of pairs. */
export function scoreWarnings(
  documents: readonly EncodedDocument[],
  queries: readonly EncodedQuery[],
  maxTokens: number,
  { windows, documentCap }: PairSettings,
): Warning[] {
  const warnings: Warning[] = [];
  const truncated = indices(documents, ({ truncated }) => truncated);
  if (truncated.length > 0) {
    const shares = truncated.map((pair) => {
      const { tokensSeen, tokensTotal } = documents[pair] as EncodedDocument;
      return tokensSeen / tokensTotal;
    });
    const least = Math.round(100 * Math.min(...shares));
    const capped = truncated.some((pair) => (documents[pair] as EncodedDocument).tokensSeen >= documentCap);
    const mend = capped
      ? "raise maxDocumentTokens to read more"
      : windows
        ? "raise windows.maxWindows to read more"
        : "windows read long documents whole";
    warnings.push({
      code: "truncated",
      message:
        `${truncated.length} of ${documents.length} documents did not fit into ${capped ? documentCap : maxTokens} tokens; ` +
        `of the one cut most, ${least} % was read; ${mend}`,
      documents: truncated,
    });
  }
  const cutQueries = indices(documents, ({ queryTruncated }) => queryTruncated);
  if (cutQueries.length > 0) {
    const { tokensTotal } = queries[cutQueries[0] as number] as EncodedQuery;
    warnings.push({
      code: "query_truncated",
      message: `the query has ${tokensTotal} tokens, of which not all were read; shorten it or raise maxQueryTokens`,
      documents: cutQueries,
    });
  }
  const malformed = indices(
    documents,
    (document, pair) => document.malformed || queries[pair]?.malformed === true,
  );
  if (malformed.length > 0) {
    warnings.push({
      code: "malformed_text",
      message: `${malformed.length} of ${documents.length} pairs hold lone surrogates, which were read as U+FFFD`,
      documents: malformed,
    });
  }
  return warnings;
}

function indices<T>(items: readonly T[], holds: (item: T, index: number) => boolean): number[] {
  return items.flatMap((item, index) => (holds(item, index) ? [index] : []));
}
