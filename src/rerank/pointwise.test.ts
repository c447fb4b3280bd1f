import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Document, Pair, ScoreOptions, ScoreResult, Scorer } from "../types/index.js";
import { pointwise } from "./pointwise.js";

/** A scorer made of one function; its default score is the number that the text holds. */
function fakeScorer(
  score: (pairs: readonly Pair[], options: ScoreOptions) => ScoreResult | Promise<ScoreResult> = numbers,
): Scorer & { readonly close: ReturnType<typeof vi.fn>; readonly calls: (readonly Pair[])[] } {
  const calls: (readonly Pair[])[] = [];
  return {
    id: "fake",
    scoreScale: "logit",
    maxTokens: 512,
    calls,
    async score(pairs, options = {}) {
      calls.push(pairs);
      return score(pairs, options);
    },
    close: vi.fn(async () => {}),
  };
}

function numbers(pairs: readonly Pair[]): ScoreResult {
  return { scores: Float64Array.from(pairs, ({ document }) => Number(document.text)) };
}

const rerank = (documents: readonly (string | Document)[], topN?: number) =>
  pointwise(fakeScorer()).rerank({ query: "q", documents, topN });

describe("pointwise", () => {
  it("returns candidates best first, with where they came from", async () => {
    const nine = { text: "9", id: "x", metadata: { page: 1 } };
    const { results, model, scoreScale } = await rerank(["1", nine, "5"], 2);
    expect(results).toEqual([
      { index: 1, rank: 1, score: 9, scored: true, document: nine },
      { index: 2, rank: 2, score: 5, scored: true, document: { text: "5" } },
    ]);
    expect(results[0]?.document).toBe(nine);
    expect([model, scoreScale]).toEqual(["fake", "logit"]);
  });

  it("scores candidates that read the same once", async () => {
    const scorer = fakeScorer();
    const { results, usage } = await pointwise(scorer).rerank({
      query: "q",
      documents: ["1", "2", "1", "2", "1"],
    });
    expect(scorer.calls[0]?.map(({ document }) => document.text)).toEqual(["1", "2"]);
    expect(results.map(({ index }) => index)).toEqual([1, 3, 0, 2, 4]);
    expect(usage).toEqual({ pairs: 2, tokens: 0, calls: 0 });
  });

  it("hands the scorer the query, the signal, the deadline, the priority and the progress callback", async () => {
    const { signal } = new AbortController();
    const onProgress = vi.fn();
    let given: ScoreOptions = {};
    const scorer = fakeScorer((pairs, options) => {
      given = options;
      options.onProgress?.(pairs.length, pairs.length);
      return numbers(pairs);
    });
    const before = performance.now();
    const request = { query: "how?", documents: ["1"], signal, deadlineMs: 5000, priority: 2, onProgress };
    await pointwise(scorer).rerank(request);
    expect(scorer.calls[0]?.[0]?.query).toBe("how?");
    expect(given.signal).toBe(signal);
    expect(given.priority).toBe(2);
    expect(given.deadline).toBeGreaterThanOrEqual(before + 5000);
    expect(given.deadline).toBeLessThanOrEqual(performance.now() + 5000);
    expect(onProgress).toHaveBeenCalledWith(1, 1);
  });

  it("hands caps on, and warns where the scorer has no way to heed them", async () => {
    const seen: ScoreOptions[] = [];
    const scorer = fakeScorer((pairs, options) => {
      seen.push(options);
      return numbers(pairs);
    });
    const request = { query: "q", documents: ["1"], maxQueryTokens: 5, maxDocumentTokens: 9 };
    const { warnings } = await pointwise(scorer).rerank(request);
    expect(seen[0]).toMatchObject({ maxQueryTokens: 5, maxDocumentTokens: 9 });
    expect(warnings.map(({ code, message }) => [code, message.slice(0, 19)])).toEqual([
      ["not_applied", "maxQueryTokens is 5"],
      ["not_applied", "maxDocumentTokens i"],
    ]);
    const heeding = pointwise({ ...scorer, capsTokens: true });
    expect((await heeding.rerank(request)).warnings).toEqual([]);
    await expect(heeding.rerank({ ...request, maxQueryTokens: 0 })).rejects.toMatchObject({
      code: "INVALID_OPTION",
      field: "maxQueryTokens",
    });
  });

  it("tells the load of its scorer", () => {
    const load = { queuedSequences: 3, queuedTokens: 90, pace: 1000 };
    expect(pointwise({ ...fakeScorer(numbers), load }).load).toBe(load);
    expect(pointwise(fakeScorer(numbers)).load).toBeUndefined();
  });

  it("maps warnings and evidence of distinct pairs back to every candidate", async () => {
    const scorer = fakeScorer((pairs) => ({
      ...numbers(pairs),
      tokens: 30,
      stages: { tokenize: 1, model: 2 },
      evidence: pairs.map((_, i) => ({ window: [0, 1], tokensSeen: i, tokensTotal: i })),
      warnings: [
        { code: "truncated", message: "cut", documents: [0, 2] },
        { code: "query_truncated", message: "query cut" },
      ],
    }));
    const { results, warnings, usage, timings } = await pointwise(scorer).rerank({
      query: "q",
      documents: ["7", "8", "9", "7", "9"],
    });
    expect(warnings).toEqual([
      { code: "truncated", message: "cut", documents: [0, 2, 3, 4] },
      { code: "query_truncated", message: "query cut" },
    ]);
    expect(results.map(({ index, evidence }) => [index, evidence?.tokensSeen])).toEqual([
      [2, 2],
      [4, 2],
      [1, 1],
      [0, 0],
      [3, 0],
    ]);
    expect(usage.tokens).toBe(30);
    expect(Object.keys(timings.stages)).toEqual(["tokenize", "model", "order"]);
    expect(timings.totalMs).toBeGreaterThanOrEqual(timings.stages.order!);
  });

  it("names a stage of its own when the scorer names none", async () => {
    expect(Object.keys((await rerank(["1"])).timings.stages)).toEqual(["score", "order"]);
  });

  it("puts what a deadline left unscored last, in the order given, and says so", async () => {
    const scorer = fakeScorer(() => ({ scores: Float64Array.of(0, -2, -1, 0), unscored: [0, 3] }));
    const { results, warnings, usage } = await pointwise(scorer).rerank({
      query: "q",
      documents: ["late", "bad", "good", "too late", "late"],
      deadlineMs: 40,
    });
    expect(results.map(({ index, score, scored }) => [index, score, scored])).toEqual([
      [2, -1, true],
      [1, -2, true],
      [0, -2, false],
      [3, -2, false],
      [4, -2, false],
    ]);
    expect(warnings).toEqual([
      {
        code: "deadline",
        message: "3 of 5 documents had no score after 40 ms; they follow the others in the order given.",
        documents: [0, 3, 4],
      },
    ]);
    expect(usage.pairs).toBe(2);
  });

  it("returns the candidates as they came, at 0, when there was no time at all", async () => {
    const scorer = fakeScorer(() => ({ scores: new Float64Array(2), unscored: [0, 1] }));
    const { results } = await pointwise(scorer).rerank({ query: "q", documents: ["a", "b"], deadlineMs: 0 });
    expect(results.map(({ index, score, scored }) => [index, score, scored])).toEqual([
      [0, 0, false],
      [1, 0, false],
    ]);
  });

  it("refuses unscored pairs where nobody set a deadline", async () => {
    const scorer = fakeScorer(() => ({ scores: new Float64Array(1), unscored: [0] }));
    await expect(pointwise(scorer).rerank({ query: "q", documents: ["a"] })).rejects.toMatchObject({
      code: "INVALID_PLUGIN_RESULT",
      field: "unscored",
    });
  });

  it("names the candidate behind a score that is no number", async () => {
    await expect(rerank(["1", "1", "not a number"])).rejects.toMatchObject({
      code: "NON_FINITE_SCORE",
      field: "documents[2]",
    });
  });

  it("passes on what the scorer throws, at once or later", async () => {
    const scorer = fakeScorer();
    scorer.score = () => {
      throw new TypeError("no session");
    };
    await expect(pointwise(scorer).rerank({ query: "q", documents: ["a"] })).rejects.toThrow("no session");
  });

  it("validates requests by its own limits", async () => {
    const reranker = pointwise(fakeScorer(), { limits: { documents: 1 } });
    await expect(reranker.rerank({ query: "q", documents: ["1", "2"] })).rejects.toMatchObject({
      code: "TOO_MANY_DOCUMENTS",
    });
    await expect(reranker.rerank({ query: " ", documents: ["1"] })).rejects.toMatchObject({
      code: "EMPTY_QUERY",
    });
  });

  it("rejects with ABORTED and the reason, even when the scorer goes on", async () => {
    const controller = new AbortController();
    const reranker = pointwise(fakeScorer(() => new Promise(() => {})));
    const outcome = reranker.rerank({ query: "q", documents: ["1"], signal: controller.signal });
    const reason = new Error("user left");
    controller.abort(reason);
    await expect(outcome).rejects.toMatchObject({ code: "ABORTED", cause: reason });
  });

  it("closes its scorer once, after the calls under way, and refuses later ones", async () => {
    let finish = () => {};
    const scorer = fakeScorer(async (pairs) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return numbers(pairs);
    });
    const reranker = pointwise(scorer);
    const running = reranker.rerank({ query: "q", documents: ["1"] });
    const closed = Promise.all([reranker.close(), reranker.close()]);
    await expect(reranker.rerank({ query: "q", documents: ["1"] })).rejects.toMatchObject({ code: "CLOSED" });
    expect(scorer.close).not.toHaveBeenCalled();
    finish();
    await closed;
    expect((await running).results).toHaveLength(1);
    expect(scorer.close).toHaveBeenCalledTimes(1);
  });
});

describe("rankings by pointwise", () => {
  // A small range makes duplicates and ties common.
  const candidates = fc.array(fc.integer({ min: 0, max: 5 }).map(String), { minLength: 1, maxLength: 20 });

  it("are permutations with falling scores and stable ties", async () => {
    await fc.assert(
      fc.asyncProperty(candidates, async (documents) => {
        const { results } = await rerank(documents);
        expect(results.map(({ index }) => index).sort((a, b) => a - b)).toEqual(documents.map((_, i) => i));
        expect(results.map(({ rank }) => rank)).toEqual(documents.map((_, i) => i + 1));
        for (const [k, b] of results.slice(1).entries()) {
          const a = results[k]!;
          expect(a.score > b.score || (a.score === b.score && a.index < b.index)).toBe(true);
        }
      }),
    );
  });

  it("are the same as without removing repetitions", async () => {
    await fc.assert(
      fc.asyncProperty(candidates, async (documents) => {
        // Titles that the fake does not read make every candidate distinct.
        const apart = documents.map((text, i) => ({ text, title: String(i) }));
        const order = async (given: readonly (string | Document)[]) =>
          (await rerank(given)).results.map(({ index, score }) => [index, score]);
        expect(await order(documents)).toEqual(await order(apart));
      }),
    );
  });

  it("are cut by topN, not changed", async () => {
    await fc.assert(
      fc.asyncProperty(candidates, fc.integer({ min: 1, max: 25 }), async (documents, topN) => {
        const [all, top] = [await rerank(documents), await rerank(documents, topN)];
        expect(top.results).toEqual(all.results.slice(0, topN));
      }),
    );
  });

  it("score a candidate the same wherever it stands", async () => {
    await fc.assert(
      fc.asyncProperty(candidates, fc.infiniteStream(fc.nat()), async (documents, keys) => {
        const shuffled = documents
          .map((text) => ({ text, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ text }) => text);
        const scores = async (given: readonly string[]) =>
          (await rerank(given)).results.map(({ document, score }) => [document.text, score]);
        expect(await scores(shuffled)).toEqual(await scores(documents));
      }),
    );
  });
});
