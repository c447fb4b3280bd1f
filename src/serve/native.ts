import { z } from "zod";
import { RankwrightError } from "../types/index.js";
import { isRecorded } from "./answer/run-record.js";
import type { Dialect, ServeAnswer } from "./dialects/dialect.js";
import { refuseAllWays, supersetError } from "./dialects/error-bodies.js";
import { count, flag, model, oneOf, priority, query, text, tokens } from "./dialects/fields.js";
import { score } from "./dialects/json.js";
import { only } from "./dialects/ranking.js";
import { notEmpty, readBody, readQuery } from "./dialects/read-body.js";
import { DIALECT_SETTINGS } from "./dialects/settings.js";

const nativeDocument = z.object(
  {
    text: z.string({ error: "pass a string" }),
    id: text,
    title: text,
    score: z.number({ error: "pass a number, or leave it out" }).nullish(),
    metadata: z.record(z.string(), z.unknown(), { error: "pass an object, or leave it out" }).nullish(),
  },
  { error: "pass a string or an object with a string `text`" },
);

const nativeRequest = z.object({
  model,
  query,
  documents: z.array(
    z.union([z.string(), nativeDocument], { error: "pass a string or an object with a string `text`" }),
    {
      error: "pass a list of strings or of objects with a string `text`",
    },
  ),
  topN: count,
  scores: oneOf("probability", "logit"),
  truncate: flag,
  maxTokensPerDocument: tokens,
  maxTokensPerQuery: tokens,
  instruction: text,
  priority,
  returnDocuments: flag,
});

const usage = z.object({
  pairs: z.int(),
  tokens: z.int(),
  calls: z.int(),
  promptTokens: z.int().optional(),
  completionTokens: z.int().optional(),
  cacheHits: z.int().optional(),
  cost: z.number().optional(),
});

const part = z.object({
  model: z.string(),
  outcome: z.enum(["ranked", "partial", "failed", "skipped"]),
  code: z.string().optional(),
  documents: z.int(),
  totalMs: z.number(),
  usage,
  // Of the same shape, where a part is itself made of others.
  parts: z.array(z.unknown()).optional(),
});

const warning = z.object({
  code: z.string(),
  message: z.string(),
  documents: z.array(z.int()).optional(),
});

const nativeAnswer = z.object({
  id: z.string(),
  model: z.string(),
  reranker: z.string().optional(),
  revision: z.string().optional(),
  precision: z.string().optional(),
  scoreScale: z.string().optional(),
  parts: z.array(part).optional(),
  results: z.array(
    z.object({
      index: z.int(),
      rank: z.int(),
      score: z.number(),
      scored: z.boolean(),
      id: z.string().optional(),
      document: z.unknown().optional(),
      evidence: z
        .object({ window: z.tuple([z.int(), z.int()]), tokensSeen: z.int(), tokensTotal: z.int() })
        .optional(),
    }),
  ),
  usage,
  timings: z.object({ totalMs: z.number(), queueMs: z.number(), stages: z.record(z.string(), z.number()) }),
  warnings: z.array(warning),
});

/**
 * This package's own words: a request as `Reranker.rerank` takes it, and its whole result with the record of what
 * ran. Unknown fields are refused, because a misspelt one would otherwise change a ranking without a word.
 */
export const native: Dialect = {
  name: "rankwright",
  paths: ["/rerank"],
  schemas: { request: nativeRequest, answer: nativeAnswer, error: supersetError },
  understand(body) {
    const read = readBody(nativeRequest, body, {
      ...DIALECT_SETTINGS,
      strict: true,
      maxItems: Number.POSITIVE_INFINITY,
    });
    const documents = notEmpty(read.documents, "documents").map((given) => {
      if (typeof given === "string") return { text: given };
      const { id, title, score: own, metadata } = given;
      return {
        text: given.text,
        id: id ?? undefined,
        title: title ?? undefined,
        score: own ?? undefined,
        metadata: metadata ?? undefined,
      };
    });
    const request = {
      model: read.model ?? undefined,
      query: readQuery(read.query),
      documents,
      topN: read.topN ?? undefined,
      scores: read.scores ?? "probability",
      truncate: read.truncate ?? undefined,
      maxTokensPerDocument: read.maxTokensPerDocument ?? undefined,
      maxTokensPerQuery: read.maxTokensPerQuery ?? undefined,
      instruction: read.instruction ?? undefined,
      priority: read.priority ?? undefined,
    } as const;
    return {
      requests: [request],
      render: (answers) => render(only(answers), read.returnDocuments ?? false),
    };
  },
  refuse: refuseAllWays,
};

function render(answer: ServeAnswer, returnDocuments: boolean) {
  if (!isRecorded(answer)) throw new RankwrightError("INTERNAL", "An answer has no record of what ran.");
  const { id, model, results, usage, timings, warnings, record } = answer;
  return {
    ...{ id, model, ...record },
    results: results.map(({ score: value, document, ...ranked }) => ({
      ...ranked,
      score: score(value),
      id: document.id,
      document: returnDocuments ? document : undefined,
    })),
    ...{ usage, timings, warnings },
  };
}
