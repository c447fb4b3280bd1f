import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { clopperPearsonInterval } from "./clopper-pearson.js";
import { conformalThreshold } from "./conformal-threshold.js";
import { fitIsotonic, isotonicProbability } from "./isotonic.js";
import { fitPlatt } from "./platt.js";
import { precisionThreshold } from "./precision-threshold.js";
import { reliability } from "./reliability.js";
import { wilsonInterval } from "./wilson.js";

const file = join(import.meta.dirname, "../../../goldens/statistics/statistics.json");
const goldens = JSON.parse(readFileSync(file, "utf8"));

function near(actual: number, wanted: number): void {
  const difference = Math.abs(actual - wanted);
  expect(difference, `${actual} for ${wanted}`).toBeLessThanOrEqual(1e-10 * Math.abs(wanted) + 1e-15);
}

it("Platt's curve, also of a separable sample and of scores far from 0", () => {
  for (const { scores, labels, a, b } of goldens.platt) {
    const fit = fitPlatt(scores, labels);
    near(fit.a, a);
    near(fit.b, b);
  }
});

it("reliability", () => {
  for (const { probabilities, labels, bins, ...wanted } of goldens.reliability) {
    const found = reliability(probabilities, labels, { bins });
    near(found.ece, wanted.ece);
    near(found.brier, wanted.brier);
    near(found.logLoss, wanted.logLoss);
    expect(found.bins).toHaveLength(bins);
    for (const [i, bin] of found.bins.entries()) {
      near(bin.accuracy, wanted.accuracy[i]);
      near(bin.confidence, wanted.confidence[i]);
    }
  }
});

it("intervals of proportions", () => {
  for (const { successes, trials, confidence, wilson, exact } of goldens.proportion) {
    const score = wilsonInterval(successes, trials, confidence);
    near(score.lower, wilson[0]);
    near(score.upper, wilson[1]);
    const tails = clopperPearsonInterval(successes, trials, confidence);
    near(tails.lower, exact[0]);
    near(tails.upper, exact[1]);
  }
});

it("isotonic curve", () => {
  for (const { scores, labels, at, p } of goldens.isotonic) {
    const fit = fitIsotonic(scores, labels);
    for (const [i, score] of at.entries()) near(isotonicProbability(fit, score), p[i]);
  }
});

it("precision thresholds", () => {
  for (const { scores, labels, target, threshold } of goldens.precisionThreshold)
    expect(precisionThreshold(scores, labels, { target })?.threshold ?? null).toBe(threshold);
});

it("conformal thresholds", () => {
  for (const [n, alpha, index] of goldens.conformalIndex) {
    const scores = Array.from({ length: n }, (_, i) => n - i);
    expect(conformalThreshold(scores, alpha)).toBe(index === 0 ? Number.NEGATIVE_INFINITY : index);
  }
});
