import { z } from "zod";
import type { RankwrightError } from "../../types/index.js";
import type { Dialect, Refusal } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { messageOf } from "./errors.js";
import { count, flag, model, query, strings } from "./fields.js";
import { now, only, ranked, tokenUsage } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";

const request = z.object({
  query,
  documents: strings,
  return_documents: flag,
  raw_scores: flag,
  model,
  top_n: count,
});

const answer = z.object({
  object: z.literal("rerank"),
  id: z.string(),
  created: z.int(),
  model: z.string(),
  results: z.array(
    z.object({ relevance_score: z.number(), index: z.int(), document: z.string().nullable() }),
  ),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int() }),
});

const error = z.union([
  z.object({
    error: z.object({ message: z.string(), type: z.null(), param: z.null(), code: z.int() }),
  }),
  z.object({ detail: z.array(z.object({ loc: z.array(z.string()), msg: z.string(), type: z.string() })) }),
  z.object({ detail: z.string() }),
]);

/** What Infinity's clients send when they name no model. */
const NO_MODEL = "default/not-specified";

/** Infinity: documents are repeated as strings. */
export function infinity(settings: DialectSettings): Dialect {
  return {
    name: "infinity",
    paths: ["/rerank", "/v1/rerank"],
    schemas: { request, answer, error },
    understand(body) {
      const { query, documents, ...read } = readBody(request, body, settings);
      return {
        requests: [
          {
            model: read.model === NO_MODEL ? undefined : (read.model ?? undefined),
            query: readQuery(query).trim(),
            documents: readDocuments(documents),
            topN: read.top_n ?? undefined,
            scores: read.raw_scores ? "logit" : "probability",
          },
        ],
        render(answers) {
          const answer = only(answers);
          return {
            object: "rerank",
            id: `infinity-${answer.id}`,
            created: now(),
            model: answer.model,
            results: ranked(answer, documents.length).map(({ index, score }) => ({
              relevance_score: score,
              index,
              document: read.return_documents ? documents[index] : null,
            })),
            usage: tokenUsage(answers),
          };
        },
      };
    },
    refuse: refuseLikeInfinity,
  };
}

/** Infinity answers 422 for what its schema finds, and 400 for a model that it does not have. */
function refuseLikeInfinity(cause: RankwrightError, status: number): Refusal {
  const msg = messageOf(cause);
  if (status === 401) return { status, body: { detail: "Unauthorized" } satisfies z.infer<typeof error> };
  if (status === 400) {
    const loc = ["body", ...(cause.field === undefined ? [] : [cause.field])];
    const body = { detail: [{ loc, msg, type: "value_error" }] };
    return { status: 422, body: body satisfies z.infer<typeof error> };
  }
  const told = cause.code === "UNKNOWN_MODEL" ? 400 : status;
  const body = { error: { message: msg, type: null, param: null, code: told } };
  return { status: told, body: body satisfies z.infer<typeof error> };
}
