import { z } from "zod";
import type { Dialect } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { objectEcho } from "./echo.js";
import { detailError, refuseWithDetail } from "./error-bodies.js";
import { countOrZero, documents, flag, model, query } from "./fields.js";
import { only, ranked } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";
import { readTopN } from "./top-n.js";

const request = z.object({
  model,
  query,
  documents,
  top_n: countOrZero,
  return_documents: flag,
  truncation: flag,
});

const answer = z.object({
  model: z.string(),
  usage: z.object({ total_tokens: z.int() }),
  results: z.array(
    z.object({
      index: z.int(),
      relevance_score: z.number(),
      document: z.looseObject({ text: z.string() }).optional(),
    }),
  ),
});

/** Jina's interface, for texts: documents are repeated unless the request says no. */
export function jina(settings: DialectSettings): Dialect {
  return {
    name: "jina",
    paths: ["/v1/rerank", "/rerank"],
    schemas: { request, answer, error: detailError },
    understand(body) {
      const read = readBody(request, body, settings);
      const topN = readTopN(read.top_n, settings.topNZero);
      const documents = readDocuments(read.documents);
      return {
        requests: [
          {
            model: read.model ?? undefined,
            query: readQuery(read.query),
            documents,
            topN: topN.asked,
            scores: "probability",
            truncate: read.truncation ?? undefined,
          },
        ],
        render(answers) {
          const answer = only(answers);
          return {
            model: answer.model,
            usage: { total_tokens: answer.usage.tokens },
            results: topN.cut(ranked(answer, documents.length)).map(({ index, score }) => ({
              index,
              relevance_score: score,
              document:
                (read.return_documents ?? true) ? objectEcho(read.documents, documents, index) : undefined,
            })),
          };
        },
      };
    },
    refuse: refuseWithDetail,
  };
}
