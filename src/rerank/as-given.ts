import type { Reranker, RerankRequest, RerankResult } from "../types/index.js";
import { OpenCalls } from "./open-calls.js";
import { orderByScore } from "./order-by-score.js";
import { type ValidRequest, validateRequest } from "./validate-request.js";

/**
 * Keeps the order in which the candidates came. Scores are places, (n − place) / n, so that they fall evenly from 1:
 * they order, and no threshold for a model's scores means anything on them.
 */
export function asGiven(): Reranker {
  return withoutModel("rankwright/as-given", ({ documents }) => ({
    scores: documents.map((_, index) => (documents.length - index) / documents.length),
    unscored: new Set(),
  }));
}

/**
 * Ranks by the first stage's own scores, `document.score`; candidates without one follow in the order given. Where
 * none has one, the order given is the first stage's. For fusions, which otherwise forget what the first stage knew.
 */
export function firstStage(): Reranker {
  return withoutModel("rankwright/first-stage", ({ documents }) => {
    const known = documents.map(({ score }) => score).filter((score) => score !== undefined);
    if (known.length === 0) {
      const { length } = documents;
      return { scores: documents.map((_, index) => (length - index) / length), unscored: new Set() };
    }
    const least = known.reduce((a, b) => Math.min(a, b));
    return {
      scores: documents.map(({ score }) => score ?? least),
      unscored: new Set(documents.flatMap(({ score }, index) => (score === undefined ? [index] : []))),
    };
  });
}

interface Order {
  readonly scores: readonly number[];
  readonly unscored: ReadonlySet<number>;
}

/** A reranker that reads nothing, and so takes no time. */
function withoutModel(id: string, order: (request: ValidRequest) => Order): Reranker {
  const calls = new OpenCalls(id);
  const rank = (request: RerankRequest): RerankResult => {
    calls.checkOpen();
    const started = performance.now();
    const valid = validateRequest(request);
    const { documents, topN } = valid;
    const { scores, unscored } = order(valid);
    const best = orderByScore(scores, unscored).slice(0, topN);
    valid.onProgress?.(documents.length, documents.length);
    const totalMs = performance.now() - started;
    return {
      results: best.map((index, place) => ({
        index,
        rank: place + 1,
        score: scores[index]!,
        scored: !unscored.has(index),
        document: documents[index]!,
      })),
      model: id,
      scoreScale: "rank",
      usage: { pairs: 0, tokens: 0, calls: 0 },
      timings: { totalMs, stages: { order: totalMs } },
      warnings: [],
    };
  };
  return {
    id,
    scoreScale: "rank",
    rerank: async (request) => rank(request),
    close: () => calls.close(async () => undefined),
  };
}
