import { z } from "zod";
import type { Dialect } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { messageOf } from "./errors.js";
import { query, strings, text } from "./fields.js";
import { inInputOrder, only } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";

const request = z.object({ query, documents: strings, property: text });

const answer = z.object({
  query: z.string(),
  scores: z.array(z.object({ document: z.string(), score: z.number() })),
});

const error = z.object({ error: z.string() });

/** Weaviate's own inference container: every document back, in the order given. */
export function weaviate(settings: DialectSettings): Dialect {
  return {
    name: "weaviate",
    paths: ["/rerank"],
    schemas: { request, answer, error },
    recognises: (body) => Object.hasOwn(body, "property"),
    understand(body) {
      const { query, documents } = readBody(request, body, settings);
      return {
        requests: [
          {
            model: undefined,
            query: readQuery(query),
            documents: readDocuments(documents),
            scores: "probability",
          },
        ],
        render: (answers) => ({
          query,
          scores: inInputOrder(only(answers), documents.length).map((score, index) => ({
            document: documents[index],
            score,
          })),
        }),
      };
    },
    refuse: (cause, status) => ({
      status,
      body: { error: messageOf(cause) } satisfies z.infer<typeof error>,
    }),
  };
}
