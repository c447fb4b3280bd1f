import { z } from "zod";
import { hundreds, told } from "../consumption.js";
import type { Provider, Question } from "../provider.js";

const answer = z.object({
  results: z.array(z.object({ index: z.int(), relevance_score: z.number() })),
  meta: z
    .object({
      billed_units: z.object({ search_units: told }).nullish().catch(undefined),
      tokens: z.object({ input_tokens: told }).nullish().catch(undefined),
      warnings: z.array(z.string()).nullish().catch(undefined),
    })
    .nullish()
    .catch(undefined),
});

/** Tokens of a document and its query together that make one document of the bill. */
const CHUNK_TOKENS = 500;

/** Cohere, version 2. Scores lie in [0, 1] but are not probabilities: 0.9 is not twice 0.45. */
export const cohere: Provider = {
  traits: {
    service: {
      ...{ baseUrl: "https://api.cohere.com", version: "/v2", path: "/rerank", vendor: "cohere.com" },
      keyVariables: ["COHERE_API_KEY", "CO_API_KEY"],
    },
    scoreScale: "similarity",
    exampleModel: "rerank-v4.0-pro",
    // It takes 10,000, and asks for no more than this.
    documentsPerCall: () => 1000,
    grants: ["maxDocumentTokens"],
    most: (question) => hundreds(chunks(question)),
  },
  ask: ({ model, query, documents, maxDocumentTokens }) => ({
    ...{ model, query, documents, top_n: documents.length },
    ...(maxDocumentTokens !== undefined && { max_tokens_per_doc: maxDocumentTokens }),
  }),
  read(json) {
    const { results, meta } = answer.parse(json);
    return {
      scores: results.map(({ index, relevance_score }) => ({ index, score: relevance_score })),
      used: {
        searchUnits: meta?.billed_units?.search_units,
        // 0 stands for "not counted".
        promptTokens: meta?.tokens?.input_tokens || undefined,
        completionTokens: 0,
      },
      warnings: meta?.warnings ?? undefined,
    };
  },
};

/** Long documents are billed as several; a token has at least one byte. */
function chunks({ query, documents }: Question): number {
  const each = Buffer.byteLength(query);
  return documents.reduce((sum, text) => sum + Math.ceil((each + Buffer.byteLength(text)) / CHUNK_TOKENS), 0);
}
