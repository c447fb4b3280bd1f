import { z } from "zod";
import { cohereError, cohereMeta, metaOf, refuseLikeCohere } from "./cohere.js";
import type { Dialect } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { objectEcho } from "./echo.js";
import { atLeast, countOrZero, documents, flag, model, query, rankFields } from "./fields.js";
import { only, ranked } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";
import { readTopN } from "./top-n.js";

const request = z.object({
  model,
  query,
  documents,
  top_n: countOrZero,
  rank_fields: rankFields,
  return_documents: flag,
  // Checked and otherwise left alone: how long documents are read is the model's setting.
  max_chunks_per_doc: atLeast(1, "pass a whole number from 1, or leave it out"),
});

const answer = z.object({
  id: z.string(),
  results: z.array(
    z.object({
      index: z.int(),
      relevance_score: z.number(),
      document: z.looseObject({ text: z.string() }).optional(),
    }),
  ),
  meta: cohereMeta,
});

/** Cohere's interface, version 1: documents may have parts, and are repeated on request. */
export function cohereV1(settings: DialectSettings): Dialect {
  return {
    name: "cohere-v1",
    paths: ["/v1/rerank", "/rerank"],
    schemas: { request, answer, error: cohereError },
    understand(body) {
      const read = readBody(request, body, settings);
      const topN = readTopN(read.top_n, settings.topNZero);
      const documents = readDocuments(read.documents, { rankFields: read.rank_fields });
      return {
        requests: [
          {
            model: read.model ?? undefined,
            query: readQuery(read.query),
            documents,
            topN: topN.asked,
            scores: "probability",
          },
        ],
        render(answers) {
          const answer = only(answers);
          return {
            id: answer.id,
            results: topN.cut(ranked(answer, documents.length)).map(({ index, score }) => ({
              index,
              relevance_score: score,
              document: read.return_documents ? objectEcho(read.documents, documents, index) : undefined,
            })),
            meta: metaOf("1", answer, documents.length),
          };
        },
      };
    },
    refuse: refuseLikeCohere,
  };
}
