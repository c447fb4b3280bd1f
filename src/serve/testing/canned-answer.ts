import type { ServeAnswer, ServeRequest } from "../dialects/index.js";

/** What a server would answer if its model gave these scores, in the order of the request's documents. */
export function cannedAnswer(request: ServeRequest, scores: readonly number[]): ServeAnswer {
  const { documents } = request;
  const results = documents
    .map((document, index) => ({ index, document, score: scores[index] ?? 0, scored: true }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, request.topN)
    .map((result, place) => ({ ...result, rank: place + 1 }));
  return {
    id: "5f0c",
    model: request.model ?? "default",
    results,
    usage: { pairs: documents.length, tokens: 10 * documents.length, calls: 0 },
    timings: { totalMs: 21.4, queueMs: 1.2, stages: { tokenize: 2.6, model: 17.1 } },
    warnings: [],
  };
}
