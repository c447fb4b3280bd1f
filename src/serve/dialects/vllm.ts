import { z } from "zod";
import type { Dialect } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { openAiError, refuseLikeOpenAi } from "./error-bodies.js";
import { countOrZero, documents, model, query } from "./fields.js";
import { only, ranked, tokenUsage } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";
import { readTopN } from "./top-n.js";
import { readVllmExtras, vllmExtras } from "./vllm-extras.js";

const request = z.object({
  model,
  query,
  documents: z.union([documents, z.string()], { error: "pass a string or a list of strings" }),
  top_n: countOrZero,
  ...vllmExtras,
});

const answer = z.object({
  id: z.string(),
  model: z.string(),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int() }),
  results: z.array(
    z.object({
      index: z.int(),
      document: z.object({ text: z.string(), multi_modal: z.null() }),
      relevance_score: z.number(),
    }),
  ),
});

/** vLLM's rerank interface, for texts: documents are always repeated, and `top_n: 0` asks for all. */
export function vllm(settings: DialectSettings): Dialect {
  return {
    name: "vllm",
    paths: ["/rerank", "/v1/rerank", "/v2/rerank"],
    schemas: { request, answer, error: openAiError },
    understand(body) {
      const read = readBody(request, body, settings);
      const sent = typeof read.documents === "string" ? [read.documents] : read.documents;
      const documents = readDocuments(sent);
      return {
        requests: [
          {
            model: read.model ?? undefined,
            query: readQuery(read.query),
            documents,
            topN: readTopN(read.top_n, "all").asked,
            ...readVllmExtras(read, body),
          },
        ],
        render(answers) {
          const answer = only(answers);
          return {
            id: `rerank-${answer.id}`,
            model: answer.model,
            usage: tokenUsage(answers),
            results: ranked(answer, documents.length).map(({ index, score }) => ({
              index,
              document: { text: documents[index]?.text, multi_modal: null },
              relevance_score: score,
            })),
          };
        },
      };
    },
    refuse: refuseLikeOpenAi,
  };
}
