import { abortedError } from "../../files/aborted-error.js";
import { orderByScore } from "../../rerank/index.js";
import { RankwrightError, type Reranker, type RerankRequest, type ScoreScale } from "../../types/index.js";
import type { ServedModel } from "../models/served-model.js";

export interface FakeOptions {
  readonly name?: string;
  readonly aliases?: readonly string[];
  readonly scale?: ScoreScale;
  /** Waited for before a request is answered. */
  readonly gate?: () => Promise<unknown>;
  /** Waited for before the model is loaded. */
  readonly loading?: () => Promise<unknown>;
  readonly load?: Reranker["load"];
}

/** A model whose score for a text is the number in it, else its length. It heeds `signal` as real ones do. */
export function fakeModel(options: FakeOptions = {}) {
  const { name = "fake", aliases, scale = "logit", gate, loading, load } = options;
  const seen = { loads: 0, closes: 0, aborted: 0, requests: [] as RerankRequest[] };

  async function rerank(request: RerankRequest) {
    seen.requests.push(request);
    await orAbort(request.signal, gate?.()).catch((error) => {
      seen.aborted++;
      throw error;
    });
    const documents = request.documents.map((each) => (typeof each === "string" ? { text: each } : each));
    if (documents.length === 0) throw new RankwrightError("NO_DOCUMENTS", "documents is empty");
    const scores = documents.map(({ text }) => Number(/-?\d+(?:\.\d+)?/.exec(text)?.[0] ?? text.length));
    const order = orderByScore(Float64Array.from(scores), new Set());
    return {
      results: order.slice(0, request.topN).map((index, place) => ({
        ...{ index, rank: place + 1, score: scores[index] as number, scored: true },
        document: documents[index] as { text: string },
      })),
      model: `${name}@abc123 (float32)`,
      scoreScale: scale,
      usage: { pairs: documents.length, tokens: 7 * documents.length, calls: 0 },
      timings: { totalMs: 5, stages: { tokenize: 1, queue: 2, model: 3 } },
      warnings: [],
    };
  }

  const served: ServedModel = {
    name,
    ...(aliases && { aliases }),
    info: () => ({ id: `org/${name}`, maxTokens: 256 }),
    async load() {
      seen.loads++;
      await loading?.();
      return {
        id: name,
        scoreScale: scale,
        load,
        rerank,
        async close() {
          seen.closes++;
        },
      };
    },
  };
  return { served, seen };
}

async function orAbort(signal: AbortSignal | undefined, work: Promise<unknown> | undefined): Promise<void> {
  if (work === undefined) return;
  await Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal?.addEventListener("abort", () => reject(abortedError(signal)));
    }),
  ]);
}

/** Something to wait for until the test opens it. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}
