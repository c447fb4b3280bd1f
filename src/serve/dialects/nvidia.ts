import { z } from "zod";
import type { Dialect } from "./dialect.js";
import { readDocuments } from "./documents.js";
import { refuseAllWays, supersetError } from "./error-bodies.js";
import { model, oneOf, query } from "./fields.js";
import { only, ranked } from "./ranking.js";
import { readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";

const PASSAGE = { error: "pass an object with a string `text`" };

const request = z.object({
  model,
  query: z.object({ text: query }, PASSAGE),
  passages: z.array(z.object({ text: z.string({ error: "pass a string" }) }, PASSAGE), {
    error: "pass a list of objects with a string `text`",
  }),
  truncate: oneOf("END", "NONE"),
});

const answer = z.object({ rankings: z.array(z.object({ index: z.int(), logit: z.number() })) });

/** NVIDIA's NIM: logits. */
export function nvidia(settings: DialectSettings): Dialect {
  return {
    name: "nvidia",
    paths: ["/v1/ranking", "/v1/rerank", "/rerank"],
    schemas: { request, answer, error: supersetError },
    recognises: (body) => Object.hasOwn(body, "passages"),
    understand(body) {
      const { model, query, passages, truncate } = readBody(request, body, settings);
      return {
        requests: [
          {
            model: model ?? undefined,
            query: readQuery(query.text, "query.text"),
            documents: readDocuments(
              passages.map(({ text }) => text),
              { field: "passages" },
            ),
            scores: "logit",
            truncate: truncate === "NONE" ? false : undefined,
          },
        ],
        render: (answers) => ({
          rankings: ranked(only(answers), passages.length).map(({ index, score }) => ({
            index,
            logit: score,
          })),
        }),
      };
    },
    refuse: refuseAllWays,
  };
}
