import { expect } from "vitest";

/** A server that clients are pointed at. */
export interface ClientTarget {
  /** Origin, without a slash at the end. */
  readonly baseUrl: string;
  /** A name under which it serves a model. */
  readonly model: string;
  /** One of its keys, where it wants one. */
  readonly apiKey?: string | undefined;
  close(): Promise<void>;
}

export const query = "What is the capital of the United States?";
export const documents = [
  "Carson City is the capital city of Nevada.",
  "Washington, D.C. is the capital of the United States.",
  "Penguins are birds that swim.",
];
/** The index of the document that any model puts first. */
export const BEST = 1;
export const NO_RETRY = { maxRetries: 0 };

/** What every ranking must be, whatever the model: best first, each index at most once, scores from 0 to 1. */
export function checkRanking(ranking: readonly { index: number; score: number }[], length: number): void {
  expect(ranking).toHaveLength(length);
  expect(ranking[0]?.index).toBe(BEST);
  expect(new Set(ranking.map(({ index }) => index)).size).toBe(length);
  for (const { index, score } of ranking) {
    expect(documents[index]).toBeTypeOf("string");
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
  }
  const scores = ranking.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
}

/** What a promise is rejected with; undefined where it is not. */
export function errorOf(promise: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(promise).then(undefined, (error: unknown) => error);
}
