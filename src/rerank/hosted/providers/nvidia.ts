import { z } from "zod";
import { mostTokens, tokens, told } from "../consumption.js";
import type { Provider } from "../provider.js";

const answer = z.object({
  rankings: z.array(z.object({ index: z.int(), logit: z.number() })),
  usage: z.object({ total_tokens: told }).nullish().catch(undefined),
});

/** NVIDIA's NIM, hosted or a server of one's own. Scores are logits. */
export const nvidia: Provider = {
  traits: {
    service: { version: "/v1", path: "/ranking", vendor: "nvidia.com", keyVariables: ["NVIDIA_API_KEY"] },
    scoreScale: "logit",
    exampleModel: "nvidia/llama-nemotron-rerank-1b-v2",
    documentsPerCall: () => 512,
    grants: ["truncate"],
    most: mostTokens,
  },
  ask: ({ model, query, documents, truncate }) => ({
    ...{ model, query: { text: query }, passages: documents.map((text) => ({ text })) },
    ...(truncate !== undefined && { truncate: truncate ? "END" : "NONE" }),
  }),
  read(json) {
    const { rankings, usage } = answer.parse(json);
    return {
      scores: rankings.map(({ index, logit }) => ({ index, score: logit })),
      used: tokens(usage?.total_tokens),
    };
  },
};
