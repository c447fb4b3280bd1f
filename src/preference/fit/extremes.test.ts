import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitBradleyTerry } from "./fit-bradley-terry.js";
import { fitPlackettLuce } from "./fit-plackett-luce.js";
import { fitThurstone } from "./fit-thurstone.js";
import type { PreferenceFit } from "./preference-fit.js";

const N = 6;
const items = [0, 1, 2, 3, 4, 5];
const probability = fc.oneof(
  fc.constantFrom(0, 1, 0.5, 1e-300, 1e-9, 1 - 2 ** -53),
  fc.double({ min: 0, max: 1, noNaN: true }),
);
const pair = fc
  .tuple(fc.nat(N - 1), fc.integer({ min: 1, max: N - 1 }), probability)
  .map(([a, step, p]) => ({ a, b: (a + step) % N, probability: p }));
const ranking = fc
  .tuple(fc.shuffledSubarray(items, { minLength: 1 }), fc.nat(N))
  .map(([all, cut]) => ({ order: all.slice(0, cut), others: all.slice(cut) }));
const exponent = fc.integer({ min: -15, max: 15 });
const lambda = fc.constantFrom(1e-12, 1e-6, 0.05, 1e6);

function expectNumbers(fit: PreferenceFit<number>): void {
  const numbers = [
    fit.logLikelihood,
    fit.dispersion,
    ...fit.scores,
    ...fit.standardErrors(),
    ...fit.covariance(),
    ...fit.topProbabilities(2, { samples: 3 }),
    fit.difference(0, 5).standardError,
  ];
  for (const number of numbers) expect(Number.isFinite(number)).toBe(true);
}

describe("fits of extreme data", () => {
  it("converge, and have a number for everything", () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 20 }), lambda, (data, lambda) => {
        for (const fit of [fitBradleyTerry(data, { lambda, items }), fitThurstone(data, { lambda, items })]) {
          expect(fit.converged).toBe(true);
          expectNumbers(fit);
        }
      }),
    );
    fc.assert(
      fc.property(fc.array(ranking, { maxLength: 10 }), lambda, (rankings, lambda) => {
        const fit = fitPlackettLuce(rankings, { lambda, items });
        expect(fit.converged).toBe(true);
        expectNumbers(fit);
      }),
    );
  });

  it("have a number for everything where weights differ by thirty orders of magnitude", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(pair, exponent), { maxLength: 20 }), lambda, (data, lambda) => {
        const weighed = data.map(([entry, power]) => ({ ...entry, weight: 10 ** power }));
        expectNumbers(fitBradleyTerry(weighed, { lambda, items }));
        expectNumbers(fitThurstone(weighed, { lambda, items }));
      }),
    );
  });
});
