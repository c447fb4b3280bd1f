import { setTimeout as wait } from "node:timers/promises";
import { vi } from "vitest";
import { abortedError } from "../../files/aborted-error.js";
import type { Reranker, RerankRequest, RerankResult, ScoreScale } from "../../types/index.js";
import { orderByScore } from "../order-by-score.js";

export interface FakeOptions {
  readonly id?: string;
  readonly scale?: ScoreScale;
  /** Default: the number that a text is. */
  readonly score?: (text: string, index: number) => number;
  /** Milliseconds that it takes. */
  readonly ms?: number;
  /** How many candidates it gets done before a deadline that is shorter than that. Default: none. */
  readonly doneInTime?: number;
  /** Whether it goes on after an abort and past a deadline. Default: false. */
  readonly stubborn?: boolean;
  /** Thrown instead of a ranking, as long as there is one. */
  readonly errors?: unknown[];
  readonly more?: Partial<RerankResult>;
}

/** A reranker of a few lines that remembers what it was asked. */
export function fakeReranker(options: FakeOptions = {}) {
  const { id = "fake", scale = "logit", score = Number, ms = 0, stubborn = false } = options;
  const requests: RerankRequest[] = [];
  const ended: ("answered" | "aborted")[] = [];

  async function rerank(request: RerankRequest): Promise<RerankResult> {
    requests.push(request);
    const { documents, signal, deadlineMs = Number.POSITIVE_INFINITY, topN = documents.length } = request;
    const late = deadlineMs < ms && !stubborn;
    try {
      if (ms > 0) await wait(late ? deadlineMs : ms, undefined, stubborn ? {} : { signal });
      else await Promise.resolve();
    } catch {
      ended.push("aborted");
      throw abortedError(signal as AbortSignal);
    }
    if (options.errors?.length) throw options.errors.shift();
    const texts = documents.map((document) => (typeof document === "string" ? { text: document } : document));
    const known = late ? (options.doneInTime ?? 0) : documents.length;
    const own = texts.map(({ text }, index) => score(text, index));
    const floor = known === 0 ? 0 : Math.min(...own.slice(0, known));
    const scores = own.map((value, index) => (index < known ? value : floor));
    const unscored = new Set(own.map((_, index) => index).slice(known));
    request.onProgress?.(documents.length, documents.length);
    ended.push("answered");
    return {
      results: orderByScore(scores, unscored)
        .slice(0, topN)
        .map((index, place) => ({
          index,
          rank: place + 1,
          score: scores[index]!,
          scored: !unscored.has(index),
          document: texts[index]!,
        })),
      model: `${id} (float32)`,
      scoreScale: scale,
      usage: { pairs: known, tokens: 10 * known, calls: 0 },
      timings: { totalMs: ms, stages: { tokenize: 1, model: 2 } },
      warnings: late ? [{ code: "deadline", message: "late", documents: [...unscored] }] : [],
      ...options.more,
    };
  }

  const reranker: Reranker = { id, scoreScale: scale, rerank, close: vi.fn(async () => {}) };
  return { reranker, requests, ended };
}

/** `[index, score, scored]` of each result. */
export const brief = ({ results }: RerankResult) =>
  results.map(({ index, score, scored }) => [index, score, scored]);

/** The texts that a fake was asked about, request by request. */
export const textsOf = (requests: readonly RerankRequest[]) =>
  requests.map(({ documents }) => documents.map((each) => (typeof each === "string" ? each : each.text)));
