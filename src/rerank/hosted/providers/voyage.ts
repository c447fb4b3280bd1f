import { z } from "zod";
import { mostTokens, tokens, told } from "../consumption.js";
import type { Provider } from "../provider.js";

const answer = z.object({
  data: z.array(z.object({ index: z.int(), relevance_score: z.number() })),
  usage: z.object({ total_tokens: told }).nullish().catch(undefined),
});

/** Voyage bills the query once for each document. */
export const voyage: Provider = {
  traits: {
    service: {
      ...{ baseUrl: "https://api.voyageai.com", version: "/v1", path: "/rerank", vendor: "voyageai.com" },
      keyVariables: ["VOYAGE_API_KEY"],
    },
    scoreScale: "similarity",
    exampleModel: "rerank-2.5",
    documentsPerCall: () => 1000,
    grants: ["truncate"],
    most: mostTokens,
  },
  ask: ({ model, query, documents, truncate }) => ({
    ...{ model, query, documents, top_k: documents.length, return_documents: false },
    truncation: truncate,
  }),
  read(json) {
    const { data, usage } = answer.parse(json);
    return {
      scores: data.map(({ index, relevance_score }) => ({ index, score: relevance_score })),
      used: tokens(usage?.total_tokens),
    };
  },
};
