import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Reranker } from "../types/index.js";
import { asGiven, firstStage } from "./as-given.js";
import { calibrated } from "./calibrated.js";
import { cascade } from "./cascade.js";
import { fuse } from "./fuse.js";
import { fakeReranker } from "./testing/fake-reranker.js";
import { withFallback } from "./with-fallback.js";

/** Every combinator, over whatever it is given. */
const COMBINATORS: Readonly<Record<string, (members: readonly Reranker[]) => Reranker>> = {
  cascade: (members) =>
    cascade(
      members.map((reranker, i) => (i < members.length - 1 ? { reranker, keep: 2 + i } : { reranker })),
    ),
  "fuse by ranks": (members) => fuse(members),
  "fuse by scores": (members) => fuse(members, { method: "weighted" }),
  withFallback: (members) => withFallback(members, { passthrough: true }),
  calibrated: ([member]) => calibrated(member!, { a: 0.5, b: -1 }),
};

describe("rankings by combinators", () => {
  /** A reranker with scores, ties and faults drawn by chance. */
  const leaf = fc
    .record({
      seed: fc.integer({ min: 1, max: 997 }),
      steps: fc.constantFrom(2, 5, 1000),
      late: fc.boolean(),
      kind: fc.constantFrom("fake", "as given", "first stage"),
    })
    .map(({ seed, steps, late, kind }): Reranker => {
      if (kind === "as given") return asGiven();
      if (kind === "first stage") return firstStage();
      const score = (text: string) => ((Number(text) * seed) % steps) - steps / 2;
      // Slower than the deadline below, so that some of the candidates stay unscored.
      return fakeReranker({ score, ...(late && { ms: 60_000, doneInTime: seed % 4 }) }).reranker;
    });
  const combined = fc.letrec<{ any: Reranker; node: Reranker }>((tie) => ({
    any: fc.oneof({ maxDepth: 2 }, leaf, tie("node")),
    node: fc
      .tuple(
        fc.constantFrom(...Object.keys(COMBINATORS)),
        fc.array(tie("any"), { minLength: 1, maxLength: 3 }),
      )
      .map(([name, members]) => COMBINATORS[name]!(members)),
  })).node;
  const documents = fc.array(
    fc.record({
      text: fc.nat({ max: 9 }).map(String),
      score: fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 8 },
  );

  it("hold each candidate once, best first, with finite scores", async () => {
    await fc.assert(
      fc.asyncProperty(
        combined,
        documents,
        fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
        async (reranker, candidates, topN) => {
          const { results } = await reranker.rerank({
            query: "q",
            documents: candidates,
            topN,
            deadlineMs: 5,
          });
          const expected = Math.min(topN ?? candidates.length, candidates.length);
          expect(new Set(results.map(({ index }) => index)).size).toBe(expected);
          for (const [place, { index, rank, score, document }] of results.entries()) {
            expect(rank).toBe(place + 1);
            expect(document).toBe(candidates[index]);
            expect(Number.isFinite(score)).toBe(true);
            expect(score).toBeLessThanOrEqual(results[place - 1]?.score ?? Number.POSITIVE_INFINITY);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe.each(Object.entries(COMBINATORS))("%s", (_, combine) => {
  const request = { query: "q", documents: ["1", "3", "2"] };

  it("ends its members with an abort, whether they heed it or not", async () => {
    for (const stubborn of [false, true]) {
      const member = fakeReranker({ ms: 5000, stubborn });
      const reranker = combine([member.reranker]);
      const controller = new AbortController();
      const outcome = reranker.rerank({ ...request, signal: controller.signal });
      setTimeout(() => controller.abort("left"), 10);
      const began = performance.now();
      await expect(outcome).rejects.toMatchObject({ code: "ABORTED", cause: "left" });
      await reranker.close();
      expect(performance.now() - began).toBeLessThan(3000);
      if (!stubborn) expect(member.ended).toEqual(["aborted"]);
    }
  });

  it("refuses a request that was aborted before", async () => {
    const member = fakeReranker();
    const signal = AbortSignal.abort("early");
    await expect(combine([member.reranker]).rerank({ ...request, signal })).rejects.toMatchObject({
      code: "ABORTED",
    });
    expect(member.requests).toEqual([]);
  });

  it("lets calls under way end before it closes its members, each once", async () => {
    const member = fakeReranker({ ms: 40 });
    const reranker = combine([member.reranker, member.reranker]);
    const running = reranker.rerank(request);
    const closing = Promise.all([reranker.close(), reranker.close()]);
    await expect(reranker.rerank(request)).rejects.toMatchObject({ code: "CLOSED" });
    expect(member.reranker.close).not.toHaveBeenCalled();
    await closing;
    expect((await running).results).toHaveLength(3);
    expect(member.reranker.close).toHaveBeenCalledTimes(1);
  });

  it("closes what several of its members are made of once, and tells what could not be closed", async () => {
    const shared = fakeReranker();
    await combine([combine([shared.reranker]), combine([shared.reranker])]).close();
    expect(shared.reranker.close).toHaveBeenCalledTimes(1);
    const broken = { ...fakeReranker().reranker, close: () => Promise.reject(new Error("stuck")) };
    await expect(combine([broken]).close()).rejects.toThrow("stuck");
  });

  it("validates requests by its own limits, and hands members what they need to know", async () => {
    const member = fakeReranker();
    await expect(combine([member.reranker]).rerank({ query: "", documents: [] })).rejects.toMatchObject({
      code: "EMPTY_QUERY",
    });
    const onProgress = vi.fn();
    await combine([member.reranker]).rerank({ ...request, instruction: "judge", priority: 2, onProgress });
    expect(member.requests[0]).toMatchObject({ instruction: "judge", priority: 2 });
    expect(onProgress).toHaveBeenLastCalledWith(3, 3);
  });

  it("tells the load of its members together", () => {
    const onBatch = vi.fn();
    const load = { queuedSequences: 2, queuedTokens: 50, pace: 900, onBatch };
    const member = { ...fakeReranker().reranker, load };
    const told = combine([member]).load;
    expect(told).toMatchObject({ queuedSequences: 2, queuedTokens: 50, pace: 900 });
    const listener = () => undefined;
    told?.onBatch?.(listener);
    expect(onBatch).toHaveBeenCalledExactlyOnceWith(listener);
    expect(combine([fakeReranker().reranker]).load).toBeUndefined();
  });
});

describe("limits of combinators", () => {
  it("can be set", async () => {
    const reranker = cascade([asGiven()], { limits: { documents: 1 } });
    await expect(reranker.rerank({ query: "q", documents: ["1", "2"] })).rejects.toMatchObject({
      code: "TOO_MANY_DOCUMENTS",
    });
  });
});
