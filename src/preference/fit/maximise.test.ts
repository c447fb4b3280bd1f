import { describe, expect, it } from "vitest";
import { simulate } from "../testing/random-comparisons.js";
import { fitBradleyTerry } from "./fit-bradley-terry.js";

/** The largest slope of the penalised likelihood at the scores of a fit. */
function steepest(data: readonly { a: number; b: number; probability: number }[], lambda: number): number {
  const fit = fitBradleyTerry(data, { lambda });
  expect(fit.converged).toBe(true);
  const slopes = new Map(fit.items.map((item, i) => [item, -lambda * fit.scores[i]!]));
  for (const { a, b, probability } of data) {
    const surprise = probability - fit.probability(a, b);
    slopes.set(a, slopes.get(a)! + surprise);
    slopes.set(b, slopes.get(b)! - surprise);
  }
  return Math.max(...[...slopes.values()].map(Math.abs));
}

const path = (n: number, probability: (i: number) => number) =>
  Array.from({ length: n - 1 }, (_, i) => ({ a: i, b: i + 1, probability: probability(i) }));

describe("maximise", () => {
  it("finds the maximum of many items", () => {
    const { comparisons } = simulate(3000, { cycles: 5 });
    expect(steepest(comparisons, 0.05)).toBeLessThan(1e-7);
  });

  it("finds it where conjugate gradients are slow: long chains, with hardly a prior", () => {
    const wavy = (i: number) => 0.5 + 0.3 * Math.sin(i);
    for (const n of [150, 300, 700]) {
      expect(steepest(path(n, wavy), 1e-7)).toBeLessThan(1e-9);
      expect(steepest(path(n, wavy), 0)).toBeLessThan(1e-9);
    }
    expect(
      steepest(
        path(150, (i) => i % 2),
        1e-4,
      ),
    ).toBeLessThan(1e-9);
  });
});
