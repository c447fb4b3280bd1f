import { z } from "zod";
import type { Dialect, ServeRequest } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { count, flag, model, oneOf, query, strings } from "./fields.js";
import { notLeft } from "./not-left.js";
import { only, ranked } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";
import { refuseLikeTei, teiError } from "./tei-errors.js";
import { teiHeaders } from "./tei-headers.js";

const request = z.object({
  query,
  texts: strings,
  truncate: flag,
  truncation_direction: oneOf("right", "Right", "left", "Left"),
  raw_scores: flag,
  return_text: flag,
  // Not TEI's own: Elasticsearch may send the one, callers of several models the other.
  top_n: count,
  model,
});

const answer = z.array(z.object({ index: z.int(), text: z.string().optional(), score: z.number() }));

/** Text Embeddings Inference: `texts` in, a bare list out. */
export function tei(settings: DialectSettings): Dialect {
  return {
    name: "tei",
    // The last three are llama.cpp's, which speaks this dialect too when it is sent `texts`.
    paths: ["/rerank", "/", "/invocations", "/v1/rerank", "/reranking", "/v1/reranking"],
    schemas: { request, answer, error: teiError },
    recognises: (body) => Object.hasOwn(body, "texts"),
    understand(body) {
      const { query, texts, ...read } = readBody(request, body, settings);
      notLeft("truncation_direction", read.truncation_direction);
      const requests: readonly ServeRequest[] = [
        {
          model: read.model ?? undefined,
          query: readQuery(query),
          documents: readDocuments(texts, { field: "texts" }),
          topN: read.top_n ?? undefined,
          scores: read.raw_scores ? "logit" : "probability",
          truncate: read.truncate ?? undefined,
        },
      ];
      return {
        requests,
        render: (answers) =>
          ranked(only(answers), texts.length).map(({ index, score }) => ({
            index,
            text: read.return_text ? texts[index] : undefined,
            score,
          })),
        headers: (answers) => teiHeaders(requests, answers),
      };
    },
    refuse: refuseLikeTei,
  };
}
