import { loadReranker } from "../../dist/index.js";
import { loadTokenizer, PairEncoder } from "../../dist/text/index.js";

const MAX_TOKENS = 512;

/** rankwright as its README uses it; `precision` is the only option that is set. */
export async function open({ folder, precision }) {
  const reranker = await loadReranker(folder, { precision, scores: "logit" });
  return {
    async score({ query, documents }) {
      const { results } = await reranker.rerank({ query, documents });
      const scores = new Array(documents.length);
      for (const { index, score } of results) scores[index] = score;
      return scores;
    },
  };
}

/** The tokenizer alone, as the scorer drives it: the query once, then every document. */
export async function openTokenizer({ folder }) {
  const encoder = new PairEncoder(await loadTokenizer(folder), { maxTokens: MAX_TOKENS });
  return ({ query, documents }) => {
    const encoded = encoder.encodeQuery(query);
    const pairs = documents.map((text) => encoder.encodeDocument(encoded, { text }));
    return () => pairs.map(({ sequences }) => Array.from(sequences[0].ids));
  };
}
