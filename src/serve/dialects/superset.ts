import { z } from "zod";
import { cohereMeta, metaOf } from "./cohere.js";
import type { Dialect } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { objectEcho } from "./echo.js";
import { refuseAllWays, supersetError } from "./error-bodies.js";
import { atLeast, countOrZero, documents, flag, model, query, rankFields } from "./fields.js";
import { only, ranked, tokenUsage } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";
import { readTopN } from "./top-n.js";
import { readVllmExtras, vllmExtras } from "./vllm-extras.js";

const request = z.object({
  model,
  query,
  documents: z.union([documents, z.string()], {
    error: "pass a list of strings or of objects with a string `text`",
  }),
  top_n: countOrZero,
  rank_fields: rankFields,
  return_documents: flag,
  raw_scores: flag,
  truncation: flag,
  max_chunks_per_doc: atLeast(1, "pass a whole number from 1, or leave it out"),
  ...vllmExtras,
});

const answer = z.object({
  id: z.string(),
  object: z.literal("list"),
  model: z.string(),
  results: z.array(
    z.object({
      index: z.int(),
      relevance_score: z.number(),
      document: z.union([z.looseObject({ text: z.string() }), z.string()]).optional(),
    }),
  ),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int() }),
  meta: cohereMeta,
});

/**
 * What clients of Cohere, Jina, vLLM, llama.cpp and everything that imitates them have in common, with every field
 * that one of them reads. It answers on the paths that they share; it cannot be chosen wrongly, so that it comes last.
 */
export function superset(settings: DialectSettings): Dialect {
  return {
    name: "superset",
    paths: ["/rerank", "/v1/rerank", "/v2/rerank", "/reranking", "/v1/reranking"],
    schemas: { request, answer, error: supersetError },
    recognises: () => true,
    understand(body, { path }) {
      const read = readBody(request, body, settings);
      const sent = typeof read.documents === "string" ? [read.documents] : read.documents;
      const documents = readDocuments(sent, { rankFields: read.rank_fields });
      const topN = readTopN(read.top_n, settings.topNZero);
      const isV2 = path === "/v2/rerank";
      const echoes = read.return_documents ?? (settings.returnDocuments && !isV2);
      const extras = readVllmExtras(read, body);
      return {
        requests: [
          {
            model: read.model ?? undefined,
            query: readQuery(read.query),
            documents,
            topN: topN.asked,
            ...extras,
            scores: read.raw_scores ? "logit" : extras.scores,
            truncate: read.truncation ?? undefined,
          },
        ],
        render(answers) {
          const answer = only(answers);
          const echo = (index: number) =>
            settings.echo === "string" ? documents[index]?.text : objectEcho(sent, documents, index);
          return {
            id: answer.id,
            object: "list",
            model: answer.model,
            results: topN.cut(ranked(answer, documents.length)).map(({ index, score }) => ({
              index,
              relevance_score: score,
              document: echoes ? echo(index) : undefined,
            })),
            usage: tokenUsage(answers),
            meta: metaOf(isV2 ? "2" : "1", answer, documents.length),
          };
        },
      };
    },
    refuse: refuseAllWays,
  };
}
