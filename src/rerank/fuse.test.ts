import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { reciprocalRankFusion, weightedFusion } from "../evaluate/runs/fuse.js";
import type { Run } from "../evaluate/runs/run.js";
import { firstStage } from "./as-given.js";
import { type FuseOptions, fuse } from "./fuse.js";
import { brief, fakeReranker } from "./testing/fake-reranker.js";

const request = { query: "q", documents: ["3", "1", "2"] };
const up = () => fakeReranker({ id: "up" }).reranker;
const down = () => fakeReranker({ id: "down", score: (text) => -Number(text) }).reranker;

describe("fuse", () => {
  it("adds reciprocal ranks; equal sums keep the candidates' order", async () => {
    const reranker = fuse([up(), down()]);
    expect([reranker.id, reranker.scoreScale]).toEqual(["fuse(rrf k 60: up, down)", "rank"]);
    const result = await reranker.rerank(request);
    expect(brief(result)).toEqual([
      [0, 1 / 61 + 1 / 63, true],
      [1, 1 / 63 + 1 / 61, true],
      [2, 1 / 62 + 1 / 62, true],
    ]);
    expect([result.scoreScale, result.usage.pairs, result.parts?.length]).toEqual(["rank", 6, 2]);
  });

  it("weighs members, and takes another k", async () => {
    const members = [up(), { reranker: down(), weight: 3 }];
    const reranker = fuse(members, { k: 0 });
    expect(reranker.id).toBe("fuse(rrf k 0: up, 3 down)");
    expect(brief(await reranker.rerank(request))).toEqual([
      [1, 1 / 3 + 3, true],
      [0, 1 + 3 * (1 / 3), true],
      [2, 1 / 2 + 3 / 2, true],
    ]);
  });

  it("takes the weighted mean of scores on a common scale", async () => {
    const shallow = fakeReranker({ id: "shallow", score: (text) => Number(text) / 64 }).reranker;
    const minMax = await fuse([up(), { reranker: shallow, weight: 3 }], { method: "weighted" }).rerank(
      request,
    );
    expect(brief(minMax)).toEqual([
      [0, 1, true],
      [2, 0.5, true],
      [1, 0, true],
    ]);
    expect(minMax.scoreScale).toBe("similarity");
    const zScore = await fuse([up(), shallow], { method: "weighted", normalise: "z-score" }).rerank(request);
    expect(zScore.scoreScale).toBe("rank");
    expect(zScore.results[0]?.score).toBeCloseTo(Math.sqrt(1.5), 12);
  });

  it("keeps the members' scale where scores stay as they are and all members share it", async () => {
    const p = (id: string, value: number) =>
      fakeReranker({ id, scale: "probability", score: () => value }).reranker;
    const options = { method: "weighted", normalise: "none" } as const;
    const mean = fuse([p("a", 0.2), { reranker: p("b", 0.8), weight: 3 }], options);
    const result = await mean.rerank({ query: "q", documents: ["1"] });
    expect([mean.scoreScale, result.scoreScale]).toEqual(["probability", "probability"]);
    expect(result.results[0]?.score).toBeCloseTo(0.65, 12);
    expect(fuse([p("a", 0.2), up()], options).scoreScale).toBe("rank");
  });

  it("interpolates with the first stage's scores", async () => {
    const documents = [
      { text: "1", score: 20 },
      { text: "2", score: 10 },
      { text: "3", score: 12 },
    ];
    const members = [{ reranker: firstStage(), weight: 0.5 }, up()];
    const { results } = await fuse(members, { method: "weighted" }).rerank({ query: "q", documents });
    expect(results.map(({ index, score }) => [index, score.toFixed(4)])).toEqual([
      [2, "0.7333"],
      [0, "0.3333"],
      [1, "0.3333"],
    ]);
  });

  it("carries the evidence of the first member that has some", async () => {
    const evidence = { window: [0, 1], tokensSeen: 1, tokensTotal: 1 } as const;
    const plain = await fakeReranker().reranker.rerank({ query: "q", documents: ["1"] });
    const more = { results: plain.results.map((each) => ({ ...each, evidence })) };
    const members = [up(), fakeReranker({ more }).reranker];
    const { results } = await fuse(members).rerank({ query: "q", documents: ["1"] });
    expect(results[0]?.evidence).toEqual(evidence);
  });

  it("counts what a deadline left unscored as absent, and says which member had no time at all", async () => {
    const partly = fakeReranker({ id: "partly", ms: 900, doneInTime: 1, score: () => 4 }).reranker;
    const stuck = fakeReranker({ id: "stuck", ms: 2000, stubborn: true }).reranker;
    const result = await fuse([up(), partly, stuck]).rerank({ ...request, deadlineMs: 20 });
    expect(brief(result)).toEqual([
      [0, 1 / 61 + 1 / 61, true],
      [2, 1 / 62, true],
      [1, 1 / 63, true],
    ]);
    expect(result.warnings.map(({ code, message }) => [code, message])).toEqual([
      ["deadline", "late"],
      ["deadline", "stuck ranked nothing within 20 ms; the ranking is that of the others."],
    ]);
    expect(result.parts?.map(({ outcome }) => outcome)).toEqual(["ranked", "partial", "failed"]);
  });

  it("leaves candidates without any vote last, as they came", async () => {
    const slow = fakeReranker({ ms: 900, doneInTime: 1, score: () => 4 }).reranker;
    expect(brief(await fuse([slow]).rerank({ ...request, deadlineMs: 10 }))).toEqual([
      [0, 1 / 61, true],
      [1, 1 / 61, false],
      [2, 1 / 61, false],
    ]);
    const none = fakeReranker({ ms: 900 }).reranker;
    expect(brief(await fuse([none]).rerank({ ...request, deadlineMs: 10 }))[0]).toEqual([0, 0, false]);
  });

  it("ends the others when one fails", async () => {
    const slow = fakeReranker({ ms: 2000 });
    const broken = fakeReranker({ errors: [new TypeError("no session")] });
    await expect(fuse([slow.reranker, broken.reranker]).rerank(request)).rejects.toThrow("no session");
    await vi.waitFor(() => expect(slow.ended).toEqual(["aborted"]));
  });

  it.each<[FuseOptions, string]>([
    [{ method: "sum" as never }, "method"],
    [{ k: -1 }, "k"],
    [{ normalise: "softmax" as never }, "normalise"],
  ])("refuses the options %o", (options, field) => {
    expect(() => fuse([up()], options)).toThrow(expect.objectContaining({ code: "INVALID_OPTION", field }));
  });

  it("refuses weights that are none, or all 0", () => {
    const refused = (weight: number) => () => fuse([{ reranker: up(), weight }]);
    expect(refused(-1)).toThrow(expect.objectContaining({ field: "fuse[0].weight" }));
    expect(refused(Number.NaN)).toThrow("fuse[0].weight is NaN");
    expect(refused(0)).toThrow("every weight of fuse is 0");
    expect(() => fuse([])).toThrow("fuse is []");
  });
});

describe("the arithmetic of fuse", () => {
  // Distinct scores: runs break ties by id, rerankers by place.
  const lists = fc.integer({ min: 1, max: 9 }).chain((n) =>
    fc.array(
      fc.record({
        scores: fc.uniqueArray(fc.integer({ min: -99, max: 99 }), { minLength: n, maxLength: n }),
        weight: fc.double({ min: 0.1, max: 9, noNaN: true }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  );

  it("is that of fused runs", async () => {
    await fc.assert(
      fc.asyncProperty(lists, async (members) => {
        const ids = members[0]!.scores.map((_, i) => String(i));
        const runs: Run[] = members.map(({ scores }) => ({
          name: "",
          lists: new Map([["q", { ids, scores: Float64Array.from(scores) }]]),
        }));
        const weights = members.map(({ weight }) => weight);
        const given = members.map(({ scores, weight }) => ({
          reranker: fakeReranker({ score: (text) => scores[Number(text)]! }).reranker,
          weight,
        }));
        const ours = async (options: FuseOptions) => {
          const { results } = await fuse(given, options).rerank({ query: "q", documents: ids });
          return Object.fromEntries(results.map(({ index, score }) => [index, score]));
        };
        const theirs = (run: Run, divisor: number) => {
          const list = run.lists.get("q")!;
          return Object.fromEntries(list.ids.map((id, i) => [id, list.scores[i]! / divisor]));
        };
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        expect(await ours({})).toEqual(theirs(reciprocalRankFusion(runs, { weights }), 1));
        for (const normalise of ["min-max", "z-score", "none"] as const) {
          const fused = theirs(weightedFusion(runs, { weights, normalise }), total);
          expect(await ours({ method: "weighted", normalise })).toEqual(fused);
        }
      }),
    );
  });
});
