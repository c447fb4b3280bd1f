import { z } from "zod";
import type { RankwrightError } from "../../types/index.js";
import type { Dialect, Refusal } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { messageOf } from "./errors.js";
import { count, flag, model, objectDocument, oneOf, query, rankFields } from "./fields.js";
import { hundreds, only, ranked } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";

const request = z.object({
  model,
  query,
  documents: z.array(objectDocument, { error: "pass a list of objects with a string `text`" }),
  top_n: count,
  return_documents: flag,
  rank_fields: rankFields,
  parameters: z
    .looseObject({ truncate: oneOf("END", "NONE") }, { error: "pass an object, or leave it out" })
    .nullish(),
});

const answer = z.object({
  model: z.string(),
  data: z.array(
    z.object({ index: z.int(), score: z.number(), document: z.record(z.string(), z.unknown()).optional() }),
  ),
  usage: z.object({ rerank_units: z.int() }),
});

const error = z.object({
  status: z.int(),
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** Pinecone's interface: documents are objects, and are repeated unless the request says no. */
export function pinecone(settings: DialectSettings): Dialect {
  return {
    name: "pinecone",
    paths: ["/rerank"],
    schemas: { request, answer, error },
    recognises: (_, { headers }) =>
      headers["x-pinecone-api-version"] !== undefined || headers["api-key"] !== undefined,
    understand(body) {
      const { model, query, documents, ...read } = readBody(request, body, settings);
      return {
        requests: [
          {
            model: model ?? undefined,
            query: readQuery(query),
            documents: readDocuments(documents, { rankFields: read.rank_fields }),
            topN: read.top_n ?? undefined,
            scores: "probability",
            truncate: read.parameters?.truncate === "NONE" ? false : undefined,
          },
        ],
        render(answers) {
          const answer = only(answers);
          return {
            model: answer.model,
            data: ranked(answer, documents.length).map(({ index, score }) => ({
              index,
              score,
              document: (read.return_documents ?? true) ? documents[index] : undefined,
            })),
            usage: { rerank_units: hundreds(documents.length) },
          };
        },
      };
    },
    refuse: refuseLikePinecone,
  };
}

/** Names of google.rpc.Code. */
const CODES: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  404: "NOT_FOUND",
  408: "DEADLINE_EXCEEDED",
  413: "INVALID_ARGUMENT",
  429: "RESOURCE_EXHAUSTED",
  499: "CANCELLED",
  503: "UNAVAILABLE",
  504: "DEADLINE_EXCEEDED",
};

function refuseLikePinecone(cause: RankwrightError, status: number): Refusal {
  const details = cause.field === undefined || status >= 500 ? {} : { details: { field: cause.field } };
  const body = {
    status,
    error: { code: CODES[status] ?? "INTERNAL", message: messageOf(cause), ...details },
  };
  return { status, body: body satisfies z.infer<typeof error> };
}
