import { z } from "zod";
import type { RankwrightError } from "../../types/index.js";
import type { Dialect, Refusal } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { messageOf } from "./errors.js";
import { countOrZero, model, query, strings } from "./fields.js";
import { only, ranked, tokenUsage } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";
import { tei } from "./tei.js";
import { readTopN } from "./top-n.js";

const request = z.object({ model, query, documents: strings, top_n: countOrZero });

const answer = z.object({
  model: z.string(),
  object: z.literal("list"),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int() }),
  results: z.array(z.object({ index: z.int(), relevance_score: z.number() })),
});

const error = z.object({ error: z.object({ code: z.int(), message: z.string(), type: z.string() }) });

/** The server of llama.cpp: logits, `top_n: 0` asks for none, and `texts` is answered as TEI does. */
export function llamaCpp(settings: DialectSettings): Dialect {
  const textsDialect = tei(settings);
  return {
    name: "llama-cpp",
    paths: ["/rerank", "/reranking", "/v1/rerank", "/v1/reranking"],
    schemas: {
      request: z.union([request, textsDialect.schemas.request]),
      answer: z.union([answer, textsDialect.schemas.answer]),
      error,
    },
    understand(body, arrival) {
      if (Object.hasOwn(body, "texts")) return textsDialect.understand(body, arrival);
      const { model, query, documents, top_n } = readBody(request, body, settings);
      const topN = readTopN(top_n, "none");
      return {
        requests: [
          {
            model: model ?? undefined,
            query: readQuery(query),
            documents: readDocuments(documents),
            topN: topN.asked,
            scores: "logit",
          },
        ],
        render(answers) {
          const answer = only(answers);
          return {
            model: answer.model,
            object: "list",
            usage: tokenUsage(answers),
            results: topN
              .cut(ranked(answer, documents.length))
              .map(({ index, score }) => ({ index, relevance_score: score })),
          };
        },
      };
    },
    refuse: refuseLikeLlamaCpp,
  };
}

const TYPES: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  404: "not_found_error",
  413: "invalid_request_error",
  429: "unavailable_error",
  503: "unavailable_error",
};

function refuseLikeLlamaCpp(cause: RankwrightError, status: number): Refusal {
  const type = TYPES[status] ?? "server_error";
  const body = { error: { code: status, message: sentence(cause), type } };
  return { status, body: body satisfies z.infer<typeof error> };
}

/** llama.cpp's own sentences for what it checks itself. */
function sentence(error: RankwrightError): string {
  const { code, field = "", value } = error;
  if (code === "INVALID_REQUEST" && field === "query") {
    return value === undefined ? '"query" must be provided' : '"query" must be a string';
  }
  const isList = field.startsWith("documents");
  if (isList && (code === "NO_DOCUMENTS" || code === "INVALID_REQUEST")) {
    return '"documents" must be a non-empty string array';
  }
  return messageOf(error);
}
