import { abortedError } from "../../files/aborted-error.js";
import { type Document, RankwrightError, type Retriever, show } from "../../types/index.js";
import type { Bm25Index } from "./bm25-index.js";

/**
 * A first stage over an index. The index keeps no texts: `documentOf` brings a document by its id, from
 * wherever the documents are.
 */
export function bm25Retriever(
  index: Bm25Index,
  documentOf: (id: string) => Document | undefined | Promise<Document | undefined>,
): Retriever {
  return {
    id: `rankwright/bm25/${index.analyzer.id}`,
    async search(query, k, { signal } = {}) {
      if (signal?.aborted) throw abortedError(signal);
      const { ids, scores } = index.search(query, k);
      const candidates = await Promise.all(
        ids.map(async (id, place) => {
          const document = await documentOf(id);
          if (!document) {
            throw new RankwrightError(
              "INVALID_DOCUMENT",
              `The index holds the document ${show(id)}, but \`documentOf\` gave none for it.`,
              { field: "documentOf", value: id },
            );
          }
          return { document, score: scores[place] as number };
        }),
      );
      if (signal?.aborted) throw abortedError(signal);
      return candidates;
    },
  };
}
