import { describe, expect, it } from "vitest";
import { normalCdf } from "../../numbers/normal.js";
import { Random } from "../../numbers/random.js";
import { tabulate } from "../comparisons/pair-table.js";
import { fitBradleyTerry } from "../fit/fit-bradley-terry.js";
import { logisticLink } from "../likelihood/logistic-link.js";
import { PairwiseLikelihood } from "../likelihood/pairwise-likelihood.js";
import { simulate } from "../testing/random-comparisons.js";
import { DenseCovariance } from "./dense-covariance.js";
import { SparseCovariance } from "./sparse-covariance.js";

describe("standard errors", () => {
  it("cover the true differences about as often as they promise", () => {
    for (const votes of [1, 3, 10]) {
      let [covered, total] = [0, 0];
      for (let seed = 0; seed < 40; seed++) {
        const { truth, comparisons } = simulate(30, { cycles: 6, votes, seed });
        const fit = fitBradleyTerry(comparisons, { lambda: 1e-3, items: [...truth.keys()] });
        for (let a = 0; a < 29; a++) {
          const { interval } = fit.difference(a, a + 1);
          const difference = truth[a]! - truth[a + 1]!;
          if (interval.lower <= difference && difference <= interval.upper) covered++;
          total++;
        }
      }
      // 1160 intervals, those of one query not independent.
      expect(covered / total).toBeGreaterThan(0.925);
      expect(covered / total).toBeLessThan(0.98);
    }
  });

  it("agree with the bootstrap over pairs", () => {
    const { comparisons } = simulate(20, { cycles: 8, votes: 5, seed: 2 });
    const items = Array.from({ length: 20 }, (_, i) => i);
    const fit = fitBradleyTerry(comparisons, { items });
    const random = new Random(1);
    const refits = Array.from({ length: 200 }, () => {
      const resample = comparisons.map(() => comparisons[random.int(comparisons.length)]!);
      return fitBradleyTerry(resample, { items }).scores;
    });
    const ratios = items.map((i) => {
      const mean = refits.reduce((sum, scores) => sum + scores[i]!, 0) / refits.length;
      const squares = refits.reduce((sum, scores) => sum + (scores[i]! - mean) ** 2, 0);
      return Math.sqrt(squares / (refits.length - 1)) / fit.standardErrors()[i]!;
    });
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / items.length;
    expect(mean).toBeGreaterThan(0.85);
    expect(mean).toBeLessThan(1.2);
  });

  it("know the dispersion of votes: 1 over their number where each is a mean of some", () => {
    for (const votes of [2, 5, 20]) {
      const factors = Array.from({ length: 9 }, (_, seed) => {
        const { comparisons } = simulate(40, { cycles: 8, votes, seed });
        return votes * fitBradleyTerry(comparisons, { lambda: 1e-3, dispersion: "estimated" }).dispersion;
      });
      // The median: a single upset of a clear favourite can double the factor.
      const median = factors.sort((a, b) => a - b)[4];
      expect(median).toBeGreaterThan(0.85);
      expect(median).toBeLessThan(1.15);
    }
    const { comparisons } = simulate(40);
    expect(fitBradleyTerry(comparisons).dispersion).toBe(1);
    expect(fitBradleyTerry(comparisons, { dispersion: 0.3 }).dispersion).toBe(0.3);
    const ties = comparisons.map((entry, c) => (c % 3 === 0 ? { ...entry, probability: 0.5 } : entry));
    expect(fitBradleyTerry(ties).dispersion).toBe(1);
    // A tree leaves no degree of freedom.
    expect(fitBradleyTerry([{ a: 1, b: 2, probability: 0.3 }]).dispersion).toBe(1);
  });
});

describe("topProbabilities", () => {
  const { comparisons } = simulate(12, { cycles: 3, votes: 3 });
  const fit = fitBradleyTerry(comparisons);

  it("is the probability of a positive difference where two items compete", () => {
    const two = fitBradleyTerry([{ a: "x", b: "y", probability: 0.8, weight: 4 }], { lambda: 0 });
    const { difference, standardError } = two.difference("x", "y");
    const [x, y] = two.topProbabilities(1, { samples: 100_000 });
    expect(x).toBeCloseTo(normalCdf(difference / standardError), 2);
    expect(x! + y!).toBeCloseTo(1, 10);
  });

  it("shares k places, follows the seed, and never falls with k", () => {
    const one = fit.topProbabilities(1);
    const five = fit.topProbabilities(5);
    expect(one.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
    expect(five.reduce((sum, p) => sum + p, 0)).toBeCloseTo(5, 10);
    for (const [i, p] of one.entries()) expect(five[i]).toBeGreaterThanOrEqual(p);
    expect(fit.topProbabilities(1)).toEqual(one);
    expect(fit.topProbabilities(1, { seed: 1 })).not.toEqual(one);
    expect([...fit.topProbabilities(12)]).toEqual(new Array(12).fill(1));
    expect(() => fit.topProbabilities(0)).toThrow("k is 0");
  });
});

describe("intervals", () => {
  it("are symmetric around scores, and wider where they shall be surer", () => {
    const fit = fitBradleyTerry(simulate(10).comparisons);
    const errors = fit.standardErrors();
    for (const [i, { lower, upper }] of fit.intervals().entries()) {
      expect((lower + upper) / 2).toBeCloseTo(fit.scores[i]!, 12);
      expect((upper - lower) / 2).toBeCloseTo(1.959964 * errors[i]!, 5);
    }
    expect(fit.intervals({ confidence: 0.99 })[0]!.upper).toBeGreaterThan(fit.intervals()[0]!.upper);
    expect(() => fit.intervals({ confidence: 1 })).toThrow("confidence is 1");
  });
});

describe("SparseCovariance", () => {
  const table = tabulate(simulate(300, { cycles: 4, votes: 3 }).comparisons);
  const likelihood = new PairwiseLikelihood(table, logisticLink);
  likelihood.at(
    Float64Array.from(table.index.items, (item) => Math.sin(item)),
    new Float64Array(table.size),
  );
  const information = likelihood.information();

  it.each([0.05, 0])("equals the dense one, with a prior of %d", (lambda) => {
    const dense = new DenseCovariance(information, lambda);
    const sparse = new SparseCovariance(information, lambda);
    const places = Int32Array.of(3, 250, 77);
    const wanted = dense.block(places);
    for (const [k, value] of sparse.block(places).entries()) expect(value).toBeCloseTo(wanted[k]!, 8);
    const exact = dense.variances();
    const errors = sparse.variances().map((variance, i) => Math.sqrt(variance / exact[i]!) - 1);
    const typical = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length);
    expect(typical).toBeLessThan(0.03);
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(0.12);
  });

  it("samples what has that covariance", () => {
    const exact = new DenseCovariance(information, 0.05);
    const wanted = exact.block(Int32Array.of(0, 1));
    for (const covariance of [exact, new SparseCovariance(information, 0.05)]) {
      const random = new Random(9);
      const sample = new Float64Array(table.size);
      const sums = [0, 0, 0];
      for (let time = 0; time < 500; time++) {
        covariance.sample(random, sample);
        for (const [k, [i, j]] of [
          [0, 0],
          [0, 1],
          [1, 1],
        ].entries())
          sums[k]! += (sample[i!]! * sample[j!]!) / 500;
      }
      for (const [k, value] of [wanted[0], wanted[1], wanted[3]].entries())
        expect(Math.abs(sums[k]! - value!)).toBeLessThan(0.25 * wanted[0]!);
    }
  });
});
