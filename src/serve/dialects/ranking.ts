import { RankwrightError } from "../../types/index.js";
import type { ServeAnswer } from "./dialect.js";
import { type Score, score } from "./json.js";

/** One line of an answer. */
export interface Placed {
  /** Position in the request's documents. */
  readonly index: number;
  readonly score: Score;
}

/**
 * The results of an answer, best first.
 *
 * @param documents how many the request has
 * @throws RankwrightError INTERNAL when an index is out of range or there twice: the wrong document must never be told
 */
export function ranked({ results }: ServeAnswer, documents: number): readonly Placed[] {
  const seen = new Set<number>();
  return results.map((result) => {
    const { index } = result;
    if (!Number.isInteger(index) || index < 0 || index >= documents || seen.has(index)) {
      const message = `A ranking of ${documents} documents names ${index} wrongly or twice; please report it.`;
      throw new RankwrightError("INTERNAL", message, { field: "index", value: index });
    }
    seen.add(index);
    return { index, score: score(result.score) };
  });
}

/** The scores of an answer in the order of the request's documents, all of which must be there. */
export function inInputOrder(answer: ServeAnswer, documents: number): readonly Score[] {
  const placed = [...ranked(answer, documents)].sort((a, b) => a.index - b.index);
  if (placed.length !== documents) {
    const message = `A ranking of ${documents} documents has ${placed.length} of them; please report it.`;
    throw new RankwrightError("INTERNAL", message, { field: "results", value: placed.length });
  }
  return placed.map((line) => line.score);
}

/** The only answer, where a dialect makes one request of a body. */
export function only(answers: readonly ServeAnswer[]): ServeAnswer {
  return oneEach(answers, 1)[0] as ServeAnswer;
}

/** Seconds since 1970, as `created` has them. */
export function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** `usage` as OpenAI's clients know it: nothing is generated, so that all tokens are the prompt's. */
export function tokenUsage(answers: readonly ServeAnswer[]): { prompt_tokens: number; total_tokens: number } {
  const tokens = answers.reduce((sum, { usage }) => sum + usage.tokens, 0);
  return { prompt_tokens: tokens, total_tokens: tokens };
}

/** Units of up to 100 documents, by which Cohere and Pinecone count. */
export function hundreds(documents: number): number {
  return Math.ceil(documents / 100);
}

/** The answers, checked to be one for each request. */
export function oneEach(answers: readonly ServeAnswer[], requests: number): readonly ServeAnswer[] {
  if (answers.length === requests) return answers;
  throw new RankwrightError(
    "INTERNAL",
    `${requests} requests have ${answers.length} answers; please report it.`,
  );
}
