import type { Reranker, Retriever } from "../../types/index.js";

/**
 * A first stage whose candidates a reranker puts in order: ranks are then the reranker's.
 *
 * @param depth candidates that are put in order; more where more are asked for
 */
export function rerankedMiner(retriever: Retriever, reranker: Reranker, depth = 100): Retriever {
  return {
    id: `${retriever.id} > ${reranker.id}`,
    async search(query, k, { signal } = {}) {
      const found = await retriever.search(query, Math.max(k, depth), { signal });
      if (found.length === 0) return [];
      const documents = found.map(({ document }) => document);
      const { results } = await reranker.rerank({ query, documents, signal });
      return results.slice(0, k).map(({ index, score }) => ({ document: documents[index]!, score }));
    },
  };
}
