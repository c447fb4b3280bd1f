import { z } from "zod";
import type { Dialect } from "./dialect.js";
import { detailError, refuseWithDetail } from "./error-bodies.js";
import { count, model, query } from "./fields.js";
import { only, ranked } from "./ranking.js";
import { notEmpty, readBody, readQuery } from "./read-body.js";
import type { DialectSettings } from "./settings.js";

const candidate = z.object(
  {
    id: z.string({ error: "pass a string" }),
    text: z.string({ error: "pass a string" }),
    base_score: z.number({ error: "pass a number, or leave it out" }).nullish(),
  },
  { error: "pass an object with `id` and `text`" },
);

const request = z.object({
  profile: z.string({ error: "pass the name of the profile that is to be repeated in the answer" }),
  query,
  candidates: z.array(candidate, { error: "pass a list of objects with `id` and `text`" }),
  top_n: count,
  model,
});

const answer = z.object({
  profile: z.string(),
  model: z.string(),
  results: z.array(z.object({ id: z.string(), index: z.int(), score: z.number() })),
});

/** LibreChat's rag_api: candidates with ids of their own. `candidates` without `profile` are rank_llm's, and refused. */
export function librechat(settings: DialectSettings): Dialect {
  return {
    name: "librechat",
    paths: ["/v1/rerank", "/rerank"],
    schemas: { request, answer, error: detailError },
    recognises: (body) => Object.hasOwn(body, "candidates"),
    understand(body) {
      const { profile, query, candidates, ...read } = readBody(request, body, settings);
      return {
        requests: [
          {
            model: read.model ?? undefined,
            query: readQuery(query),
            documents: notEmpty(candidates, "candidates").map(({ id, text }) => ({ id, text })),
            topN: read.top_n ?? undefined,
            scores: "probability",
          },
        ],
        render(answers) {
          const answer = only(answers);
          return {
            profile,
            model: answer.model,
            results: ranked(answer, candidates.length).map(({ index, score }) => ({
              id: candidates[index]?.id,
              index,
              score,
            })),
          };
        },
      };
    },
    refuse: refuseWithDetail,
  };
}
