import { z } from "zod";
import { mostTokens, tokens } from "../consumption.js";
import type { Provider } from "../provider.js";

const answer = z.array(z.object({ index: z.int(), score: z.number() }));

const info = z.object({ max_client_batch_size: z.int().positive() });

/** Text Embeddings Inference, a server of one's own. The sigmoid of the model's logit. */
export const tei: Provider = {
  traits: {
    service: { version: "", path: "/rerank", keyVariables: ["TEI_API_KEY"] },
    scoreScale: "probability",
    documentsPerCall: () => 32,
    // 2 MB of body, of which JSON takes its part.
    bytesPerCall: 1_500_000,
    grants: ["truncate"],
    most: mostTokens,
  },
  ask: ({ query, documents, truncate }) => ({
    ...{ query, texts: documents, raw_scores: false, return_text: false, truncate },
  }),
  read(json, headers) {
    const count = headers.get("x-compute-tokens");
    return {
      scores: answer.parse(json),
      used: tokens(count !== null && /^\d{1,15}$/.test(count) ? Number(count) : undefined),
    };
  },
  limits: { path: "/info", read: (json) => info.safeParse(json).data?.max_client_batch_size },
};
