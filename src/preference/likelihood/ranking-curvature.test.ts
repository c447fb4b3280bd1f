import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { RankingLikelihood } from "./ranking-likelihood.js";

const N = 6;
const ranking = fc
  .record({
    places: fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 1 }),
    cut: fc.nat(N),
    weight: fc.double({ min: 0.1, max: 3, noNaN: true }),
  })
  .map(({ places, cut, weight }) => ({
    places: Int32Array.from(places),
    ordered: Math.min(cut, places.length),
    weight,
  }));
const rankings = fc.array(ranking, { minLength: 1, maxLength: 5 });
const vector = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: N, maxLength: N });

/** Negative second derivatives by differences of the gradient. */
function differences(
  likelihood: RankingLikelihood,
  scores: Float64Array,
  direction: Float64Array,
): Float64Array {
  const h = 1e-5;
  const [before, after] = [-h, h].map((step) => {
    const gradient = new Float64Array(N);
    likelihood.at(
      scores.map((score, i) => score + step * direction[i]!),
      gradient,
    );
    return gradient;
  }) as [Float64Array, Float64Array];
  return before.map((slope, i) => (slope - after[i]!) / (2 * h));
}

describe("the likelihood of rankings", () => {
  it("has the gradient of its value, and does not care about a constant", () => {
    fc.assert(
      fc.property(rankings, vector, (list, values) => {
        const likelihood = new RankingLikelihood(N, list);
        const scores = Float64Array.from(values);
        const gradient = new Float64Array(N);
        const value = likelihood.at(scores, gradient);
        const spare = new Float64Array(N);
        const h = 1e-5;
        for (let i = 0; i < N; i++) {
          const at = (step: number) => likelihood.at(scores.with(i, scores[i]! + step), spare);
          expect(gradient[i]).toBeCloseTo((at(h) - at(-h)) / (2 * h), 5);
        }
        expect(
          likelihood.at(
            scores.map((score) => score + 100),
            spare,
          ),
        ).toBeCloseTo(value, 8);
      }),
    );
  });

  it("has the curvature of its gradient, as products, as a matrix and as a diagonal", () => {
    fc.assert(
      fc.property(rankings, vector, vector, (list, values, directions) => {
        const likelihood = new RankingLikelihood(N, list);
        const [scores, direction] = [Float64Array.from(values), Float64Array.from(directions)];
        likelihood.at(scores, new Float64Array(N));
        const curvature = likelihood.curvature();
        const product = new Float64Array(N);
        curvature.multiply(direction, product);
        const wanted = differences(likelihood, scores, direction);
        const matrix = new Float64Array(N * N);
        curvature.addTo(matrix);
        for (let i = 0; i < N; i++) {
          expect(product[i]).toBeCloseTo(wanted[i]!, 4);
          expect(curvature.diagonal[i]).toBeCloseTo(matrix[i * N + i]!, 12);
          const row = direction.reduce(
            (sum, d, j) => sum + d * matrix[Math.max(i, j) * N + Math.min(i, j)]!,
            0,
          );
          expect(product[i]).toBeCloseTo(row, 9);
        }
      }),
    );
  });

  it("makes noise with the covariance of its curvature", () => {
    const places = Int32Array.of(3, 0, 5, 1, 4);
    const likelihood = new RankingLikelihood(N, [{ places, ordered: 3, weight: 2 }]);
    likelihood.at(Float64Array.of(0.3, -0.5, 0, 1, 0.2, -1), new Float64Array(N));
    const curvature = likelihood.curvature();
    const matrix = new Float64Array(N * N);
    curvature.addTo(matrix);
    const random = new Random(1);
    const noise = new Float64Array(N);
    const sums = new Float64Array(N * N);
    const times = 40_000;
    for (let time = 0; time < times; time++) {
      curvature.noise(random, noise);
      for (let i = 0; i < N; i++)
        for (let j = 0; j <= i; j++) sums[i * N + j]! += (noise[i]! * noise[j]!) / times;
    }
    for (const [k, value] of matrix.entries()) expect(Math.abs(sums[k]! - value)).toBeLessThan(0.04);
  });
});
