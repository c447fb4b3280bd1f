import { z } from "zod";
import { mostTokens, tokens, told } from "../consumption.js";
import type { Provider } from "../provider.js";

const answer = z.object({
  results: z.array(z.object({ index: z.int(), relevance_score: z.number() })),
  total_tokens: told,
});

export const zeroEntropy: Provider = {
  traits: {
    service: {
      ...{ baseUrl: "https://api.zeroentropy.dev", version: "/v1", path: "/models/rerank" },
      ...{ vendor: "zeroentropy.dev", keyVariables: ["ZEROENTROPY_API_KEY"] },
    },
    scoreScale: "similarity",
    exampleModel: "zerank-2",
    documentsPerCall: () => 1000,
    grants: [],
    most: mostTokens,
  },
  ask: ({ model, query, documents }) => ({ model, query, documents, top_n: documents.length }),
  read(json) {
    const { results, total_tokens } = answer.parse(json);
    return {
      scores: results.map(({ index, relevance_score }) => ({ index, score: relevance_score })),
      used: tokens(total_tokens),
    };
  },
};
