import { z } from "zod";
import type { Dialect } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { refuseAllWays, supersetError } from "./error-bodies.js";
import { count, model, oneOf, query, strings } from "./fields.js";
import { score } from "./json.js";
import { only, ranked } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";

const request = z.object({ model, query, documents: strings, top_n: count, latency: oneOf("fast", "slow") });

const answer = z.object({
  results: z.array(z.object({ index: z.int(), relevance_score: z.number() })),
  actual_latency_mode: z.enum(["fast", "slow"]),
  e2e_latency: z.number(),
  inference_latency: z.number(),
  total_bytes: z.int(),
  total_tokens: z.int(),
});

/** ZeroEntropy's interface, which tells how long the answer took, in seconds, with the queue and without. */
export function zeroEntropy(settings: DialectSettings): Dialect {
  return {
    name: "zeroentropy",
    paths: ["/v1/models/rerank"],
    schemas: { request, answer, error: supersetError },
    recognises: () => true,
    understand(body) {
      const { model, query, documents, ...read } = readBody(request, body, settings);
      return {
        requests: [
          {
            model: model ?? undefined,
            query: readQuery(query),
            documents: readDocuments(documents),
            topN: read.top_n ?? undefined,
            scores: "probability",
          },
        ],
        render(answers) {
          const answer = only(answers);
          const { totalMs, queueMs } = answer.timings;
          return {
            results: ranked(answer, documents.length).map(({ index, score }) => ({
              index,
              relevance_score: score,
            })),
            // One way to compute is all there is.
            actual_latency_mode: read.latency ?? "fast",
            e2e_latency: score(totalMs / 1000),
            inference_latency: score((totalMs - queueMs) / 1000),
            total_bytes: [query, ...documents].reduce((sum, text) => sum + Buffer.byteLength(text), 0),
            total_tokens: answer.usage.tokens,
          };
        },
      };
    },
    refuse: refuseAllWays,
  };
}
