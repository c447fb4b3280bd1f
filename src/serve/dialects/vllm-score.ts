import { z } from "zod";
import type { Body, Dialect, ServeRequest } from "./dialect.js";
import { openAiError, refuseLikeOpenAi } from "./error-bodies.js";
import { model } from "./fields.js";
import { inInputOrder, now, oneEach, only, tokenUsage } from "./ranking.js";
import { notEmpty, readBody, readQuery } from "./read-body.js";
import { refuse } from "./refuse.js";
import type { DialectSettings } from "./settings.js";
import { readVllmExtras, vllmExtras } from "./vllm-extras.js";

const SIDE = { error: "pass a string or a list of strings" };
const side = z.union([z.string(), z.array(z.string())], SIDE).optional();

/** Names that mean the same: what is scored, against what. */
const PAIRS = [
  ["queries", "documents"],
  ["queries", "items"],
  ["text_1", "text_2"],
  ["data_1", "data_2"],
] as const;

const request = z.object({
  model,
  queries: side,
  documents: side,
  items: side,
  text_1: side,
  text_2: side,
  data_1: side,
  data_2: side,
  ...vllmExtras,
});

const answer = z.object({
  id: z.string(),
  object: z.literal("list"),
  created: z.int(),
  model: z.string(),
  data: z.array(z.object({ index: z.int(), object: z.literal("score"), score: z.number() })),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int() }),
});

/** vLLM's score interface: one text with each of several, or two lists pair by pair; answers in the order given. */
export function vllmScore(settings: DialectSettings): Dialect {
  return {
    name: "vllm-score",
    prefix: "vllm",
    paths: ["/score", "/v1/score"],
    schemas: { request, answer, error: openAiError },
    recognises: () => true,
    understand(body) {
      const read = readBody(request, body, settings);
      const [first, second] = namesIn(body);
      const queries = listOf(read[first], first);
      const documents = listOf(read[second], second).map((text) => ({ text }));
      if (queries.length > 1 && queries.length !== documents.length) {
        const mend = `pass one, or as many as ${second} holds (${documents.length})`;
        refuse("INVALID_REQUEST", `${first}.length`, queries.length, mend);
      }
      const common = { model: read.model ?? undefined, ...readVllmExtras(read, body) };
      const zipped = queries.length > 1;
      const requests = queries.map(
        (query, index): ServeRequest => ({
          ...common,
          query: readQuery(query, Array.isArray(read[first]) ? `${first}[${index}]` : first),
          documents: zipped ? documents.slice(index, index + 1) : documents,
        }),
      );
      return {
        requests,
        render(answers) {
          const scores = zipped
            ? oneEach(answers, requests.length).flatMap((answer) => inInputOrder(answer, 1))
            : inInputOrder(only(answers), documents.length);
          return {
            id: `score-${answers[0]?.id}`,
            object: "list",
            created: now(),
            model: answers[0]?.model,
            data: scores.map((score, index) => ({ index, object: "score", score })),
            usage: tokenUsage(answers),
          };
        },
      };
    },
    refuse: refuseLikeOpenAi,
  };
}

function namesIn(body: Body): (typeof PAIRS)[number] {
  const pair = PAIRS.find((names) => names.every((name) => Object.hasOwn(body, name)));
  if (pair) return pair;
  const half = PAIRS.find((names) => names.some((name) => Object.hasOwn(body, name))) ?? PAIRS[0];
  const absent = half.find((name) => !Object.hasOwn(body, name)) ?? half[0];
  return refuse("INVALID_REQUEST", absent, undefined, "pass queries and documents, or text_1 and text_2");
}

function listOf(value: string | readonly string[] | undefined, field: string): readonly string[] {
  if (value === undefined) refuse("INVALID_REQUEST", field, value, SIDE.error);
  return typeof value === "string" ? [value] : notEmpty(value, field);
}
