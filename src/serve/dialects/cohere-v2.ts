import { z } from "zod";
import { cohereError, cohereMeta, metaOf, refuseLikeCohere } from "./cohere.js";
import type { Dialect } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { countOrZero, flag, model, priority, query, strings, tokens } from "./fields.js";
import { only, ranked } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";
import { readTopN } from "./top-n.js";

const request = z.object({
  model,
  query,
  documents: strings,
  top_n: countOrZero,
  max_tokens_per_doc: tokens,
  priority,
  // Weaviate's reranker-cohere sends it; Cohere itself never repeats documents.
  return_documents: flag,
});

const answer = z.object({
  id: z.string(),
  results: z.array(z.object({ index: z.int(), relevance_score: z.number() })),
  meta: cohereMeta,
});

/** Cohere's interface, version 2: documents are strings and are never repeated. */
export function cohereV2(settings: DialectSettings): Dialect {
  return {
    name: "cohere-v2",
    paths: ["/v2/rerank", "/rerank"],
    schemas: { request, answer, error: cohereError },
    understand(body) {
      const { model, query, documents, ...read } = readBody(request, body, settings);
      const topN = readTopN(read.top_n, settings.topNZero);
      return {
        requests: [
          {
            model: model ?? undefined,
            query: readQuery(query),
            documents: readDocuments(documents),
            topN: topN.asked,
            scores: "probability",
            maxTokensPerDocument: read.max_tokens_per_doc ?? undefined,
            priority: read.priority ?? undefined,
          },
        ],
        render(answers) {
          const answer = only(answers);
          const results = topN.cut(ranked(answer, documents.length));
          return {
            id: answer.id,
            results: results.map(({ index, score }) => ({ index, relevance_score: score })),
            meta: metaOf("2", answer, documents.length),
          };
        },
      };
    },
    refuse: refuseLikeCohere,
  };
}
