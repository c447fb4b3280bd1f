import { z } from "zod";
import { mostTokens, tokens, told } from "../consumption.js";
import type { Provider } from "../provider.js";

const answer = z.object({
  results: z.array(z.object({ index: z.int(), relevance_score: z.number() })),
  usage: z.object({ total_tokens: told }).nullish().catch(undefined),
});

/** vLLM, a server of one's own. Scores are the model's activation, most often a sigmoid. */
export const vllm: Provider = {
  traits: {
    service: { version: "/v1", path: "/rerank", keyVariables: ["VLLM_API_KEY"] },
    scoreScale: "probability",
    documentsPerCall: () => 1000,
    grants: ["instruction", "truncate", "maxDocumentTokens"],
    most: mostTokens,
  },
  ask: ({ model, query, documents, instruction, truncate, maxDocumentTokens }) => ({
    ...{ model, query, documents, top_n: documents.length, instruction },
    // −1 cuts to the model's own limit; without it, what is too long is refused.
    ...(truncate && { truncate_prompt_tokens: -1 }),
    max_tokens_per_doc: maxDocumentTokens,
  }),
  read(json) {
    const { results, usage } = answer.parse(json);
    return {
      scores: results.map(({ index, relevance_score }) => ({ index, score: relevance_score })),
      used: tokens(usage?.total_tokens),
    };
  },
};
