import { describe, expect, it } from "vitest";
import { kendallTau } from "../../evaluate/statistics/rank-correlation.js";
import { fitBradleyTerry } from "../fit/fit-bradley-terry.js";
import { simulate } from "../testing/random-comparisons.js";
import { averageElo } from "./average-elo.js";
import { Elo } from "./elo.js";

describe("Elo", () => {
  it("moves equals by half of K, and favourites by little", () => {
    const elo = new Elo<string>({ k: 32 });
    elo.update({ a: "x", b: "y", probability: 1 });
    expect([elo.rating("x"), elo.rating("y"), elo.rating("z")]).toEqual([1516, 1484, 1500]);
    expect(elo.expected("x", "y")).toBeCloseTo(1 / (1 + 10 ** (-32 / 400)), 12);
    elo.update({ a: "y", b: "x", probability: 0.5, weight: 2 });
    const gained = 32 * (1 - 2 * (1 / (1 + 10 ** (32 / 400))));
    expect(elo.rating("y")).toBeCloseTo(1484 + gained, 9);
    expect([...elo.ratings().keys()]).toEqual(["x", "y"]);
  });

  it("depends on the order of comparisons", () => {
    const results = [
      { a: "x", b: "y", probability: 1 },
      { a: "y", b: "x", probability: 1 },
    ];
    const rate = (list: typeof results) => {
      const elo = new Elo();
      for (const result of list) elo.update(result);
      return elo.rating("x");
    };
    expect(rate(results)).toBeLessThan(1500);
    expect(rate(results.toReversed())).toBeGreaterThan(1500);
  });

  it("refuses what is no comparison, and K below 0", () => {
    expect(() => new Elo().update({ a: "x", b: "x", probability: 1 })).toThrow(
      "cannot be compared with itself",
    );
    expect(() => new Elo({ k: 0 })).toThrow("k is 0");
    expect(() => averageElo([], { k: 0 })).toThrow("k is 0");
  });
});

describe("averageElo", () => {
  const { comparisons } = simulate(30, { cycles: 6 });

  it("does not care about the order, and says how much a single order sways", () => {
    const ratings = averageElo(comparisons, { shuffles: 400 });
    const other = averageElo(comparisons.toReversed(), { shuffles: 400, seed: 1 });
    for (const [item, { mean, deviation }] of ratings) {
      expect(deviation).toBeGreaterThan(1);
      expect(Math.abs(other.get(item)!.mean - mean)).toBeLessThan((5 * deviation) / Math.sqrt(200));
    }
  });

  it("ranks as Bradley–Terry does, nearly", () => {
    const fit = fitBradleyTerry(comparisons);
    const ratings = averageElo(comparisons, { k: 8 });
    expect(
      kendallTau(
        fit.scores,
        fit.items.map((item) => ratings.get(item)!.mean),
      ),
    ).toBeGreaterThan(0.9);
  });
});
