import { z } from "zod";
import { hundreds, told } from "../consumption.js";
import type { Provider } from "../provider.js";

const answer = z.object({
  data: z.array(z.object({ index: z.int(), score: z.number() })),
  usage: z.object({ rerank_units: told }).nullish().catch(undefined),
});

/** Pinecone's Inference API. */
export const pinecone: Provider = {
  traits: {
    service: {
      ...{ baseUrl: "https://api.pinecone.io", version: "", path: "/rerank", vendor: "pinecone.io" },
      keyVariables: ["PINECONE_API_KEY"],
      keyHeader: "api-key",
      headers: { "x-pinecone-api-version": "2026-04" },
    },
    scoreScale: "similarity",
    exampleModel: "bge-reranker-v2-m3",
    documentsPerCall: () => 100,
    grants: ["truncate"],
    most: ({ documents }) => hundreds(documents.length),
  },
  ask: ({ model, query, documents, truncate }) => ({
    ...{ model, query, documents: documents.map((text) => ({ text })), top_n: documents.length },
    ...{ rank_fields: ["text"], return_documents: false },
    ...(truncate !== undefined && { parameters: { truncate: truncate ? "END" : "NONE" } }),
  }),
  read(json) {
    const { data, usage } = answer.parse(json);
    return { scores: data, used: { searchUnits: usage?.rerank_units } };
  },
};
