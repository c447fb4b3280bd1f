import { z } from "zod";
import type { Dialect } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { refuseAllWays, supersetError } from "./error-bodies.js";
import { count, flag, model, objectDocument, query, rankFields } from "./fields.js";
import { only, ranked, tokenUsage } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import { refuse } from "./refuse.js";
import type { DialectSettings } from "./settings.js";

const request = z.object({
  model,
  query,
  input: z.array(z.union([z.string(), objectDocument], { error: "pass a string or an object" }), {
    error: "pass a list of strings or objects",
  }),
  rank_fields: rankFields,
  top_k: count,
  return_input: flag,
  rewrite_query: flag,
});

const answer = z.object({
  object: z.literal("list"),
  model: z.string(),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int(), completion_tokens: z.null() }),
  data: z.array(
    z.object({
      index: z.int(),
      score: z.number(),
      input: z.unknown().optional(),
      object: z.literal("rank_result"),
    }),
  ),
  top_k: z.int(),
  return_input: z.boolean(),
});

/** Mixedbread's interface: documents are called `input` and may be anything. */
export function mixedbread(settings: DialectSettings): Dialect {
  return {
    name: "mixedbread",
    paths: ["/v1/reranking", "/reranking", "/v1/rerank", "/rerank"],
    schemas: { request, answer, error: supersetError },
    recognises: (body) => Object.hasOwn(body, "input"),
    understand(body) {
      const { model, query, input, ...read } = readBody(request, body, settings);
      if (read.rewrite_query) {
        refuse(
          "INVALID_REQUEST",
          "rewrite_query",
          true,
          "leave it out: this server ranks by the query as it is",
        );
      }
      const documents = readDocuments(input, {
        field: "input",
        rankFields: read.rank_fields,
        wholeObjects: true,
      });
      return {
        requests: [
          {
            model: model ?? undefined,
            query: readQuery(query),
            documents,
            topN: read.top_k ?? undefined,
            scores: "probability",
          },
        ],
        render(answers) {
          const answer = only(answers);
          return {
            object: "list",
            model: answer.model,
            usage: { ...tokenUsage(answers), completion_tokens: null },
            data: ranked(answer, input.length).map(({ index, score }) => ({
              index,
              score,
              input: read.return_input ? input[index] : undefined,
              object: "rank_result",
            })),
            top_k: read.top_k ?? input.length,
            return_input: read.return_input ?? false,
          };
        },
      };
    },
    refuse: refuseAllWays,
  };
}
