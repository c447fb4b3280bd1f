import { describe, expect, it } from "vitest";
import { normalCdf } from "../../numbers/normal.js";
import { simulate } from "../testing/random-comparisons.js";
import { fitBradleyTerry } from "./fit-bradley-terry.js";
import { fitThurstone } from "./fit-thurstone.js";

describe("fitThurstone", () => {
  const { comparisons } = simulate(20, { votes: 3 });

  it("predicts with the normal distribution, in the unit of its scale", () => {
    const data = [{ a: "x", b: "y", probability: 0.9 }];
    for (const [scale, slope] of [
      ["case-v", Math.SQRT1_2],
      ["probit", 1],
      ["zelo", Math.SQRT2],
    ] as const) {
      const fit = fitThurstone(data, { scale, lambda: 0 });
      expect(fit.probability("x", "y")).toBeCloseTo(0.9, 10);
      expect(normalCdf(slope * (fit.score("x") - fit.score("y")))).toBeCloseTo(0.9, 10);
    }
  });

  it("gives the same fit in every scale, the prior being in its unit", () => {
    const caseV = fitThurstone(comparisons, { lambda: 0.05 });
    const zelo = fitThurstone(comparisons, { scale: "zelo", lambda: 0.05 * 4 });
    for (const [i, score] of caseV.scores.entries()) expect(zelo.scores[i]).toBeCloseTo(score / 2, 8);
    for (const [i, error] of caseV.standardErrors().entries())
      expect(zelo.standardErrors()[i]).toBeCloseTo(error / 2, 8);
  });

  it("orders items as Bradley–Terry does, nearly", () => {
    const [normal, logistic] = [fitThurstone(comparisons), fitBradleyTerry(comparisons)];
    const places = normal
      .ranking()
      .map(({ item }) => logistic.ranking().findIndex((other) => other.item === item));
    for (const [place, other] of places.entries()) expect(Math.abs(place - other)).toBeLessThanOrEqual(2);
  });

  it("refuses unknown scales", () => {
    expect(() => fitThurstone(comparisons, { scale: "elo" as never })).toThrow('scale is "elo"');
  });
});
