import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { fitBradleyTerry } from "./fit-bradley-terry.js";
import { fitPlackettLuce } from "./fit-plackett-luce.js";

/** Drawn from the model: scores with Gumbel noise, sorted. */
function drawn(truth: readonly number[], places: readonly number[], random: Random): number[] {
  const noisy = places.map(
    (place) => [place, truth[place]! - Math.log(-Math.log(1 - random.float()))] as const,
  );
  return noisy.sort((a, b) => b[1] - a[1]).map(([place]) => place);
}

describe("fitPlackettLuce", () => {
  it("is Bradley–Terry where rankings are of two", () => {
    const pair = fc
      .tuple(fc.nat(5), fc.integer({ min: 1, max: 5 }), fc.double({ min: 0.1, max: 3, noNaN: true }))
      .map(([a, step, weight]) => ({ order: [a, (a + step) % 6], weight }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 30 }), (rankings) => {
        const items = [0, 1, 2, 3, 4, 5];
        const pairs = rankings.map(({ order, weight }) => ({
          a: order[0]!,
          b: order[1]!,
          probability: 1,
          weight,
        }));
        const [listwise, pairwise] = [
          fitPlackettLuce(rankings, { items }),
          fitBradleyTerry(pairs, { items }),
        ];
        expect(listwise.logLikelihood).toBeCloseTo(pairwise.logLikelihood, 8);
        for (const i of items) expect(listwise.scores[i]).toBeCloseTo(pairwise.scores[i]!, 7);
        for (const [k, value] of pairwise.covariance().entries())
          expect(listwise.covariance()[k]).toBeCloseTo(value, 6);
      }),
    );
  });

  it("recovers scores from windows and from top-3 lists", () => {
    const random = new Random(4);
    const truth = Array.from({ length: 40 }, () => random.normal());
    const centre = truth.reduce((sum, score) => sum + score, 0) / 40;
    const windows = Array.from({ length: 400 }, () => {
      const places = random.shuffle(Array.from(truth.keys())).slice(0, 10);
      return drawn(truth, places, random);
    });
    const lists = windows.map((window) => ({ order: window.slice(0, 3), others: window.slice(3) }));
    for (const [rankings, bar] of [
      [windows, 2],
      [lists, 2],
    ] as const) {
      const fit = fitPlackettLuce<number>(rankings);
      const errors = fit.standardErrors();
      const squares = fit.items.map(
        (item, i) => ((fit.scores[i]! - truth[item]! + centre) / errors[i]!) ** 2,
      );
      // A χ² over its 39 degrees of freedom: deviation 0.23.
      expect(squares.reduce((sum, square) => sum + square, 0) / 39).toBeLessThan(bar);
    }
  });

  it("takes plain arrays, and rankings of one for nothing", () => {
    const fit = fitPlackettLuce([["a", "b", "c"], ["b"], { order: ["d"] }]);
    expect(fit.ranking().map(({ item }) => item)).toEqual(["a", "b", "d", "c"]);
    expect(fit.score("d")).toBe(0);
  });

  it("survives scores far apart", () => {
    const order = Array.from({ length: 60 }, (_, i) => i);
    const reversed = { order: order.toReversed(), weight: 1e-6 };
    const fit = fitPlackettLuce([{ order, weight: 1000 }, reversed], { lambda: 0 });
    expect(fit.converged).toBe(true);
    // Beyond where exp() of a difference overflows.
    expect(fit.score(0) - fit.score(59)).toBeGreaterThan(710);
    for (const value of [fit.logLikelihood, ...fit.scores, ...fit.standardErrors()])
      expect(Number.isFinite(value)).toBe(true);
  });

  it("names what has no finite score without a prior", () => {
    expect(() => fitPlackettLuce([["a", "b", "c"]], { lambda: 0 })).toThrow('"a" never lost');
  });

  it("refuses an item twice in a ranking", () => {
    for (const [ranking, where] of [
      [["a", "b", "a"], "rankings[0][2]"],
      [{ order: ["a", "b"], others: ["b"] }, "rankings[0].others[0]"],
      [{ order: ["a"], weight: 0 }, "rankings[0].weight"],
      [{ order: "ab" as never }, "rankings[0].order"],
      [["a", Number.NaN], "rankings[0][1]"],
    ] as const)
      expect(() => fitPlackettLuce<string | number>([ranking])).toThrow(
        expect.objectContaining({ code: "INVALID_COMPARISONS", field: where }),
      );
  });
});
