import { describe, expect, it } from "vitest";
import { sigmoid } from "../../../numbers/logistic.js";
import { Random } from "../../../numbers/random.js";
import type { JudgedPair } from "./judged-pair.js";
import { positionBias } from "./position-bias.js";

const random = new Random(3);
const logistic = () => {
  const p = random.float() || 0.5;
  return Math.log(p / (1 - p));
};
const pair = (aFirst?: number, bFirst?: number): JudgedPair => ({
  judge: "j",
  a: "a",
  b: "b",
  aFirst,
  bFirst,
});

/** Pairs whose documents differ as two draws of a wide distribution do. */
const simulated = (count: number, answer: (logit: number) => number, bias: number) =>
  Array.from({ length: count }, () => {
    const difference = 1.5 * logistic();
    return pair(answer(difference + bias), 1 - answer(-difference + bias));
  });
const verdict = (logit: number) => (logit + logistic() > 0 ? 1 : 0);
const soft = (logit: number) => sigmoid(logit + 0.4 * logistic());

describe("positionBias", () => {
  it.each([-1.5, -0.5, 0.3, 1, 2])(
    "finds a bias of %d within a tenth, by verdicts and by probabilities",
    (bias) => {
      for (const [answer, count] of [
        [verdict, 40_000],
        [soft, 2000],
      ] as const) {
        const { logits = 0, standardError = 0 } = positionBias(simulated(count, answer, bias));
        expect(Math.abs(logits - bias)).toBeLessThan(0.1 * Math.abs(bias));
        expect(Math.abs(logits - bias)).toBeLessThan(4 * standardError);
      }
    },
  );

  it("has standard errors of the right size", () => {
    for (const answer of [verdict, soft]) {
      const estimates = Array.from({ length: 200 }, () => positionBias(simulated(300, answer, 0.5)));
      const errors = estimates.map(({ logits = 0, standardError = 1 }) => (logits - 0.5) / standardError);
      const mean = errors.reduce((a, b) => a + b) / errors.length;
      const deviation = Math.sqrt(errors.reduce((sum, x) => sum + (x - mean) ** 2, 0) / errors.length);
      expect(Math.abs(mean)).toBeLessThan(0.3);
      expect(deviation).toBeGreaterThan(0.85);
      expect(deviation).toBeLessThan(1.15);
    }
  });

  it("is not disturbed by probabilities that are all but certain", () => {
    const clipped = (logit: number) => Math.min(Math.max(soft(logit), 1e-4), 1 - 1e-4);
    const { logits } = positionBias(simulated(4000, clipped, 0.8));
    expect(logits).toBeGreaterThan(0.72);
    expect(logits).toBeLessThan(0.88);
  });

  it("counts contradictions, by the side that they favour", () => {
    const pairs = [pair(1, 1), pair(0, 0), pair(1, 0), pair(1, 0), pair(0, 1), pair(0.5, 0), pair(1), pair()];
    expect(positionBias(pairs)).toMatchObject({
      pairs: 6,
      contradictions: 3,
      towardsFirst: 2,
      towardsSecond: 1,
      rate: 0.5,
    });
  });

  it("says nothing without pairs, and no size without a contradiction", () => {
    const none = { contradictions: 0, towardsFirst: 0, towardsSecond: 0 };
    expect(positionBias([pair(1)])).toEqual({ pairs: 0, ...none });
    expect(positionBias([pair(1, 1), pair(0, 0)])).toEqual({ pairs: 2, ...none, rate: 0 });
    // All of them in one direction is a finite estimate, with little certainty.
    const { logits = 0, standardError = 0 } = positionBias(Array.from({ length: 5 }, () => pair(1, 0)));
    expect(logits).toBeCloseTo(Math.log(11) / 2, 12);
    expect(standardError).toBeGreaterThan(0.7);
  });
});
