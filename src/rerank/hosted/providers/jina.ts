import { z } from "zod";
import { mostTokens, tokens, told } from "../consumption.js";
import type { Provider } from "../provider.js";

const answer = z.object({
  results: z.array(z.object({ index: z.int(), relevance_score: z.number() })),
  usage: z.object({ total_tokens: told }).nullish().catch(undefined),
});

/** Reads up to 64 documents at once, and compares them. */
const isListwise = (model: string | undefined) => /\breranker-v3\b/.test(model ?? "");

export const jina: Provider = {
  traits: {
    service: {
      ...{ baseUrl: "https://api.jina.ai", version: "/v1", path: "/rerank", vendor: "jina.ai" },
      keyVariables: ["JINA_API_KEY"],
    },
    scoreScale: "similarity",
    exampleModel: "jina-reranker-v2-base-multilingual",
    documentsPerCall: (model) => (isListwise(model) ? 64 : 1000),
    comparesDocuments: isListwise,
    grants: [],
    most: mostTokens,
  },
  ask: ({ model, query, documents }) => ({
    ...{ model, query, documents, top_n: documents.length, return_documents: false },
  }),
  read(json) {
    const { results, usage } = answer.parse(json);
    return {
      scores: results.map(({ index, relevance_score }) => ({ index, score: relevance_score })),
      used: tokens(usage?.total_tokens),
    };
  },
};
