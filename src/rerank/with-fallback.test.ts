import { describe, expect, it, vi } from "vitest";
import { type ErrorCode, RankwrightError } from "../types/index.js";
import { brief, fakeReranker } from "./testing/fake-reranker.js";
import { type FallbackOptions, withFallback } from "./with-fallback.js";

const request = { query: "q", documents: ["1", "3", "2"] };
const error = (code: ErrorCode) => new RankwrightError(code, `secret ${code}`);
const failing = (code: ErrorCode, times = 99) =>
  fakeReranker({ id: "first", errors: Array.from({ length: times }, () => error(code)) });
const backup = () => fakeReranker({ id: "backup", scale: "similarity" });

describe("withFallback", () => {
  it("returns what the first reranker answers, without a word", async () => {
    const second = backup();
    const reranker = withFallback([fakeReranker({ id: "first" }).reranker, second.reranker]);
    expect([reranker.id, reranker.scoreScale]).toEqual(["fallback(first, backup)", "logit"]);
    const result = await reranker.rerank(request);
    expect([result.model, result.warnings, second.requests]).toEqual(["first (float32)", [], []]);
    expect(result.parts?.map(({ outcome }) => outcome)).toEqual(["ranked", "skipped"]);
  });

  it("says who answered in place of whom, why, and on what scale", async () => {
    const failures: unknown[] = [];
    const result = await withFallback([failing("REMOTE_UNAVAILABLE").reranker, backup().reranker], {
      onFailure: (failure) => failures.push(failure),
    }).rerank({ ...request, topN: 2 });
    expect(brief(result)).toEqual([
      [1, 3, true],
      [2, 2, true],
    ]);
    expect([result.model, result.scoreScale]).toEqual(["backup (float32)", "similarity"]);
    expect(result.warnings).toEqual([
      {
        code: "fallback",
        message:
          "backup (float32) answered in place of first (REMOTE_UNAVAILABLE); scores are on the scale similarity, not logit, so that thresholds made for first mean nothing on them.",
      },
    ]);
    expect(result.parts).toMatchObject([
      { model: "first", outcome: "failed", code: "REMOTE_UNAVAILABLE", documents: 3 },
      { model: "backup (float32)", outcome: "ranked" },
    ]);
    expect(failures).toEqual([{ reranker: "first", error: error("REMOTE_UNAVAILABLE") }]);
  });

  it("goes on after what is no error of ours, and after a result that breaks the contract", async () => {
    const odd = fakeReranker({ id: "odd", errors: [new TypeError("x is not a function")] });
    const broken = fakeReranker({ id: "broken", score: () => Number.NaN });
    const { warnings } = await withFallback([odd.reranker, broken.reranker, backup().reranker]).rerank(
      request,
    );
    expect(warnings[0]?.message).toContain("in place of odd (INTERNAL), broken (NON_FINITE_SCORE);");
  });

  it.each(["outage", "budget", "unjudged"] as const)(
    "goes on where %s left nothing with a score",
    async (code) => {
      const plain = await fakeReranker().reranker.rerank(request);
      const results = plain.results.map((each) => ({ ...each, score: 0, scored: false }));
      const first = fakeReranker({ id: "llm", more: { results, warnings: [{ code, message: "gave out" }] } });
      const result = await withFallback([first.reranker, backup().reranker]).rerank(request);
      expect(result.warnings[0]?.message).toContain(`in place of llm (${code});`);
      expect(result.parts?.map(({ outcome }) => outcome)).toEqual(["failed", "ranked"]);
      expect(result.usage.pairs).toBe(3);
    },
  );

  it.each([false, true])("gives up a reranker that takes too long (stubborn: %s)", async (stubborn) => {
    const slow = fakeReranker({ id: "slow", ms: 9000, stubborn });
    const began = performance.now();
    const result = await withFallback([slow.reranker, backup().reranker], { timeoutMs: 30 }).rerank(request);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(result.warnings[0]?.message).toContain("in place of slow (too late);");
    expect(result.parts?.[0]).toMatchObject({ outcome: "failed", code: "DEADLINE_EXCEEDED" });
    // The deadline is the caller's; a limit of ours asks for no half ranking.
    expect(slow.requests[0]?.deadlineMs).toBeUndefined();
    if (!stubborn) await vi.waitFor(() => expect(slow.ended).toEqual(["aborted"]));
  });

  it.each<ErrorCode>(["EMPTY_QUERY", "INVALID_OPTION", "DOCUMENT_TRUNCATED", "REQUEST_TOO_LARGE"])(
    "fails at once with %s, which is the request's fault",
    async (code) => {
      const second = backup();
      const reranker = withFallback([failing(code).reranker, second.reranker], { passthrough: true });
      await expect(reranker.rerank(request)).rejects.toMatchObject({ code });
      expect(second.requests).toEqual([]);
    },
  );

  it("ends with the caller's abort", async () => {
    const controller = new AbortController();
    const [slow, second] = [fakeReranker({ ms: 2000 }), backup()];
    const outcome = withFallback([slow.reranker, second.reranker], { passthrough: true }).rerank({
      ...request,
      signal: controller.signal,
    });
    setTimeout(() => controller.abort("left"), 10);
    await expect(outcome).rejects.toMatchObject({ code: "ABORTED", cause: "left" });
    expect(second.requests).toEqual([]);
    await vi.waitFor(() => expect(slow.ended).toEqual(["aborted"]));
  });

  it("keeps the candidates' order in the end, where that is wanted", async () => {
    const result = await withFallback([failing("SESSION_FAILED").reranker], { passthrough: true }).rerank(
      request,
    );
    expect(brief(result).map(([index]) => index)).toEqual([0, 1, 2]);
    expect([result.model, result.scoreScale]).toEqual(["rankwright/as-given", "rank"]);
    expect(result.warnings.map(({ code }) => code)).toEqual(["fallback"]);
  });

  it("tells what each of them said where none answered", async () => {
    const reranker = withFallback([
      failing("REMOTE_UNAVAILABLE").reranker,
      failing("CONTEXT_EXCEEDED").reranker,
    ]);
    const outcome = await reranker.rerank(request).catch((thrown: RankwrightError) => thrown);
    expect(outcome).toMatchObject({
      code: "FALLBACK_EXHAUSTED",
      message: expect.stringContaining(
        "first (REMOTE_UNAVAILABLE), first (CONTEXT_EXCEEDED); try again in 1 s",
      ),
      cause: { errors: [error("REMOTE_UNAVAILABLE"), error("CONTEXT_EXCEEDED")] },
    });
  });

  it.each<[FallbackOptions, string]>([
    [{ timeoutMs: 0 }, "timeoutMs"],
    [{ timeoutMs: Number.NaN }, "timeoutMs"],
    [{ breaker: { failures: 0 } }, "breaker.failures"],
  ])("refuses %o", (options, field) => {
    const refused = () => withFallback([backup().reranker], options);
    expect(refused).toThrow(expect.objectContaining({ code: "INVALID_OPTION", field }));
  });
});

describe("the breaker of a fallback", () => {
  it("leaves out what fails again and again, and takes it back once it answers", async () => {
    const first = failing("REMOTE_TIMEOUT", 2);
    const reranker = withFallback([first.reranker, backup().reranker], {
      breaker: { failures: 2, coolMs: 500 },
    });
    const models = async () => (await reranker.rerank(request)).model;
    await models();
    await models();
    const skipped = await reranker.rerank(request);
    expect(first.requests).toHaveLength(2);
    expect(skipped.parts?.[0]?.outcome).toBe("skipped");
    expect(skipped.warnings[0]?.message).toContain("in place of first (left out after failures);");
    await new Promise((resolve) => setTimeout(resolve, 520));
    expect([await models(), await models()]).toEqual(["first (float32)", "first (float32)"]);
  });

  it("does not blame a reranker for requests that no model can read, nor where there was no time", async () => {
    const long = failing("CONTEXT_EXCEEDED", 5);
    const reranker = withFallback([long.reranker, backup().reranker], { breaker: { failures: 1 } });
    await reranker.rerank(request);
    await reranker.rerank({ ...request, deadlineMs: 0 });
    await reranker.rerank(request);
    expect(long.requests).toHaveLength(3);
  });

  it("says when to come again where everything is left out", async () => {
    const reranker = withFallback([failing("REMOTE_UNAVAILABLE").reranker], {
      breaker: { failures: 1, coolMs: 20_000 },
    });
    await reranker.rerank(request).catch(() => undefined);
    await expect(reranker.rerank(request)).rejects.toMatchObject({ code: "FALLBACK_EXHAUSTED", value: 20 });
  });

  it("can be left out", async () => {
    const first = failing("REMOTE_TIMEOUT");
    const reranker = withFallback([first.reranker, backup().reranker], { breaker: false });
    for (let i = 0; i < 5; i++) await reranker.rerank(request);
    expect(first.requests).toHaveLength(5);
  });
});
