import type { ServeAnswer, ServeRequest } from "./dialect.js";

/** Text Embeddings Inference tells times, in whole milliseconds, and amounts in headers. */
export function teiHeaders(
  requests: readonly ServeRequest[],
  answers: readonly ServeAnswer[],
): Readonly<Record<string, string>> {
  const characters = requests.reduce(
    (sum, { query, documents }) => documents.reduce((all, { text }) => all + query.length + text.length, sum),
    0,
  );
  const longest = (milliseconds: (timings: ServeAnswer["timings"]) => number) =>
    String(Math.round(Math.max(0, ...answers.map(({ timings }) => milliseconds(timings)))));
  const computing = longest(({ totalMs, queueMs }) => totalMs - queueMs);
  return {
    "x-compute-type": "cpu",
    "x-compute-time": computing,
    "x-compute-characters": String(characters),
    "x-compute-tokens": String(answers.reduce((sum, { usage }) => sum + usage.tokens, 0)),
    "x-total-time": longest(({ totalMs }) => totalMs),
    "x-tokenization-time": longest(({ stages }) => stages.tokenize ?? 0),
    "x-queue-time": longest(({ queueMs }) => queueMs),
    "x-inference-time": longest(({ stages }) => stages.model ?? stages.score ?? 0),
  };
}
