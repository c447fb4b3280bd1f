import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { normalCdf, normalQuantile } from "../../numbers/normal.js";
import { Random } from "../../numbers/random.js";
import { betaQuantile } from "./beta.js";
import { bootstrapMean } from "./bootstrap.js";
import { mean, standardDeviation } from "./describe.js";
import { holm } from "./holm.js";
import { incompleteBeta } from "./incomplete-beta.js";
import { pairedT } from "./paired-t.js";
import { detectableDifference, queriesNeeded } from "./power.js";
import { quantile } from "./quantile.js";
import { randomisationTest } from "./randomisation.js";
import { kendallTau, midRanks, pearson, spearman } from "./rank-correlation.js";
import { rankBiasedOverlap } from "./rbo.js";
import { studentTCdf, studentTQuantile, twoSidedP } from "./student-t.js";

const file = join(import.meta.dirname, "../../../goldens/statistics/statistics.json");
const goldens = JSON.parse(readFileSync(file, "utf8"));

function near(actual: number | undefined, wanted: number, relative = 1e-10): void {
  const difference = Math.abs((actual ?? Number.NaN) - wanted);
  expect(difference, `${actual} for ${wanted}`).toBeLessThanOrEqual(relative * Math.abs(wanted) + 1e-300);
}

describe("goldens of distributions", () => {
  it("incomplete beta function and its inverse", () => {
    for (const [a, b, x, wanted] of goldens.incompleteBeta) near(incompleteBeta(a, b, x), wanted);
    for (const [p, a, b, wanted] of goldens.betaQuantile) near(betaQuantile(p, a, b), wanted);
  });

  it("Student's t", () => {
    for (const [t, df, cdf, p] of goldens.studentT) {
      near(studentTCdf(t, df), cdf);
      near(twoSidedP(t, df), p);
    }
    for (const [p, df, wanted] of goldens.studentTQuantile) near(studentTQuantile(p, df), wanted);
  });

  it("normal", () => {
    for (const [z, wanted] of goldens.normal) near(normalCdf(z), wanted);
    for (const [p, wanted] of goldens.normalQuantile) near(normalQuantile(p), wanted);
  });
});

describe("goldens of tests", () => {
  it("paired t", () => {
    for (const { differences, mean: m, sd, t, p, intervals } of goldens.pairedT) {
      const test = pairedT(differences);
      near(test.mean, m);
      near(test.sd, sd);
      near(test.t, t);
      near(test.p, p);
      for (const [confidence, lower, upper] of intervals) {
        const { interval } = pairedT(differences, { confidence });
        near(interval.lower, lower);
        near(interval.upper, upper);
      }
    }
  });

  it("randomisation, every pattern of signs", () => {
    for (const { thousandths, p } of goldens.randomisationExact) {
      const differences = thousandths.map((d: number) => d / 1000);
      expect(randomisationTest(differences)).toMatchObject({ p, exact: true });
    }
  });

  it("randomisation, a sample of patterns", () => {
    for (const { thousandths, flips, seed, p } of goldens.randomisationSampled) {
      const differences = thousandths.map((d: number) => d / 1000);
      expect(randomisationTest(differences, { flips, seed })).toEqual({ p, exact: false, flips });
    }
  });

  it("Holm's adjustment", () => {
    for (const { p, adjusted } of goldens.holm) for (const [i, q] of holm(p).entries()) near(q, adjusted[i]);
  });

  it("power, against the exact answers", () => {
    for (const [n, alpha, power, wanted] of goldens.power.detectable)
      near(detectableDifference({ n, sd: 1, alpha, power }), wanted, alpha < 0.05 ? 0.015 : 0.005);
    for (const [sd, delta, power, wanted] of goldens.power.needed)
      expect(Math.abs(queriesNeeded({ sd, delta, power }) - wanted)).toBeLessThanOrEqual(1);
  });
});

describe("goldens of samples", () => {
  it("random numbers", () => {
    for (const { seed, words, floats, bound, ints, shuffled } of goldens.random) {
      const [a, b, c] = [new Random(seed), new Random(seed), new Random(seed)];
      expect(words.map(() => a.uint32())).toEqual(words);
      expect(floats.map(() => b.float())).toEqual(floats);
      expect(ints.map(() => c.int(bound))).toEqual(ints);
      expect(new Random(seed).shuffle(shuffled.map((_: number, i: number) => i))).toEqual(shuffled);
    }
  });

  it("bootstrap interval", () => {
    for (const { values, resamples, seed, intervals } of goldens.bootstrap) {
      for (const [confidence, lower, upper] of intervals) {
        const interval = bootstrapMean(values, { confidence, resamples, seed });
        near(interval.lower, lower);
        near(interval.upper, upper);
      }
    }
  });

  it("mean, standard deviation and quantiles", () => {
    for (const { values, mean: m, sd, quantiles } of goldens.describe) {
      near(mean(values), m, 1e-15);
      if (sd === null) expect(standardDeviation(values)).toBeNaN();
      else near(standardDeviation(values), sd);
      for (const [q, wanted] of quantiles) near(quantile(values, q), wanted);
    }
  });

  it("correlations", () => {
    for (const { x, y, ranks, ...wanted } of goldens.correlation) {
      near(kendallTau(x, y), wanted.kendall);
      near(spearman(x, y), wanted.spearman);
      near(pearson(x, y), wanted.pearson);
      expect([...midRanks(x)]).toEqual(ranks);
    }
  });

  it("rank-biased overlap", () => {
    for (const { first, second, p, overlap } of goldens.overlap)
      near(rankBiasedOverlap(first, second, p), overlap);
  });
});
