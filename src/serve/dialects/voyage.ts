import { z } from "zod";
import type { Dialect } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { detailError, refuseWithDetail } from "./error-bodies.js";
import { count, flag, model, query, strings } from "./fields.js";
import { only, ranked } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";

const request = z.object({
  model,
  query,
  documents: strings,
  top_k: count,
  return_documents: flag,
  truncation: flag,
});

const answer = z.object({
  object: z.literal("list"),
  data: z.array(z.object({ index: z.int(), relevance_score: z.number(), document: z.string().optional() })),
  model: z.string(),
  usage: z.object({ total_tokens: z.int() }),
});

/**
 * Voyage's interface. A client that sends neither `top_k` nor `truncation`, nor the name that the npm package gives
 * itself, cannot be told from others.
 */
export function voyage(settings: DialectSettings): Dialect {
  return {
    name: "voyage",
    paths: ["/v1/rerank", "/rerank"],
    schemas: { request, answer, error: detailError },
    recognises: (body, { headers }) =>
      Object.hasOwn(body, "top_k") ||
      (settings.truncationMeansVoyage && Object.hasOwn(body, "truncation")) ||
      /^voyageai\b/.test(headers["user-agent"] ?? ""),
    understand(body) {
      const { model, query, documents, ...read } = readBody(request, body, settings);
      return {
        requests: [
          {
            model: model ?? undefined,
            query: readQuery(query),
            documents: readDocuments(documents),
            topN: read.top_k ?? undefined,
            scores: "probability",
            truncate: read.truncation ?? undefined,
          },
        ],
        render(answers) {
          const answer = only(answers);
          return {
            object: "list",
            data: ranked(answer, documents.length).map(({ index, score }) => ({
              index,
              relevance_score: score,
              document: read.return_documents ? documents[index] : undefined,
            })),
            model: answer.model,
            usage: { total_tokens: answer.usage.tokens },
          };
        },
      };
    },
    refuse: refuseWithDetail,
  };
}
