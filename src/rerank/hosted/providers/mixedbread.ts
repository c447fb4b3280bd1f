import { z } from "zod";
import { mostTokens, tokens, told } from "../consumption.js";
import type { Provider } from "../provider.js";

const answer = z.object({
  data: z.array(z.object({ index: z.int(), score: z.number() })),
  usage: z.object({ total_tokens: told }).nullish().catch(undefined),
});

export const mixedbread: Provider = {
  traits: {
    service: {
      ...{ baseUrl: "https://api.mixedbread.com", version: "/v1", path: "/reranking" },
      ...{ vendor: "mixedbread.com", keyVariables: ["MXBAI_API_KEY", "MIXEDBREAD_API_KEY"] },
    },
    scoreScale: "similarity",
    exampleModel: "mixedbread-ai/mxbai-rerank-large-v2",
    documentsPerCall: () => 1000,
    grants: [],
    most: mostTokens,
  },
  ask: ({ model, query, documents }) => ({
    ...{ model, query, input: documents, top_k: documents.length, return_input: false },
  }),
  read(json) {
    const { data, usage } = answer.parse(json);
    return { scores: data, used: tokens(usage?.total_tokens) };
  },
};
