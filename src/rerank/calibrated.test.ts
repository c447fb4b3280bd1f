import { describe, expect, it } from "vitest";
import { fitIsotonic, isotonicProbability } from "../evaluate/calibration/isotonic.js";
import { fitPlatt, plattProbability } from "../evaluate/calibration/platt.js";
import { type Calibration, calibrated } from "./calibrated.js";
import { brief, fakeReranker } from "./testing/fake-reranker.js";
import { withFallback } from "./with-fallback.js";

const request = { query: "q", documents: ["-4", "2", "0.5"] };
const scores = [-5, -3, -1, 0, 1, 3, 5];
const labels = [false, false, true, false, true, true, true];
const platt = fitPlatt(scores, labels);
const isotonic = fitIsotonic(scores, labels);

describe("calibrated", () => {
  it("maps scores by Platt's curve, in the same order", async () => {
    const reranker = calibrated(fakeReranker().reranker, platt);
    expect([reranker.id, reranker.scoreScale]).toEqual(["calibrated(fake)", "probability"]);
    const result = await reranker.rerank(request);
    expect(brief(result)).toEqual([
      [1, plattProbability(platt, 2), true],
      [2, plattProbability(platt, 0.5), true],
      [0, plattProbability(platt, -4), true],
    ]);
    expect([result.scoreScale, result.model, result.usage.pairs]).toEqual([
      "probability",
      "fake (float32)",
      3,
    ]);
    expect((await reranker.rerank({ ...request, topN: 1 })).results).toHaveLength(1);
  });

  it("maps scores by an isotonic curve, also one that was JSON", async () => {
    const curve = { scores: [...isotonic.scores], probabilities: [...isotonic.probabilities] };
    for (const fit of [isotonic, JSON.parse(JSON.stringify(curve)) as Calibration]) {
      const { results } = await calibrated(fakeReranker().reranker, fit).rerank(request);
      expect(results.map(({ score }) => score)).toEqual(
        [2, 0.5, -4].map((score) => isotonicProbability(isotonic, score)),
      );
    }
  });

  it("stays strictly inside 0 and 1", async () => {
    const documents = ["1e9", "-1e9"];
    const { results } = await calibrated(fakeReranker().reranker, { a: 1, b: 0 }).rerank({
      query: "q",
      documents,
    });
    expect(results.map(({ score }) => score > 0 && score < 1)).toEqual([true, true]);
  });

  it("leaves scores as they are where another reranker or scale answered, and says so", async () => {
    const errors = [new Error("down")];
    const chain = withFallback([fakeReranker({ errors }).reranker, fakeReranker({ id: "other" }).reranker]);
    const result = await calibrated(chain, platt).rerank(request);
    expect(result.results[0]?.score).toBe(2);
    expect(result.scoreScale).toBe("logit");
    expect(result.warnings.map(({ code }) => code)).toEqual(["fallback", "not_applied"]);
    // The next request finds the first choice again.
    expect((await calibrated(chain, platt).rerank(request)).scoreScale).toBe("probability");

    const changed = fakeReranker({ more: { scoreScale: "rank" } });
    expect((await calibrated(changed.reranker, platt).rerank(request)).warnings[0]?.message).toBe(
      "the calibration was fitted to fake on the scale logit; fake (float32) answered on the scale rank, and its scores stay as they are.",
    );
  });

  it.each<[unknown, string]>([
    [undefined, "calibration"],
    [{ a: -1, b: 0 }, "calibration.a"],
    [{ a: 1, b: Number.NaN }, "calibration.b"],
    [{}, "calibration.scores"],
    [{ scores: [], probabilities: [] }, "calibration.scores"],
    [{ scores: [1, 1], probabilities: [0.1, 0.2] }, "calibration.scores[1]"],
    [{ scores: [1, 2], probabilities: [0.3, 0.2] }, "calibration.probabilities[1]"],
    [{ scores: [1, 2], probabilities: [-0.1, 0.2] }, "calibration.probabilities[0]"],
    [{ scores: [1, 2], probabilities: [0.1] }, "calibration.probabilities.length"],
    [{ a: 1, b: 0, model: "another" }, "calibration.model"],
    [{ a: 1, b: 0, scale: "similarity" }, "calibration.scale"],
  ])("refuses the curve %j", (calibration, field) => {
    const make = () => calibrated(fakeReranker().reranker, calibration as Calibration);
    expect(make).toThrow(expect.objectContaining({ code: "INVALID_OPTION", field }));
  });
});
