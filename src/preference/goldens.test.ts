import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { kemeny } from "./aggregate/kemeny.js";
import { fitBradleyTerry } from "./fit/fit-bradley-terry.js";
import { fitOffsets } from "./fit/fit-offsets.js";
import { fitPlackettLuce } from "./fit/fit-plackett-luce.js";
import { fitThurstone, type ThurstoneScale } from "./fit/fit-thurstone.js";
import type { PreferenceFit } from "./fit/preference-fit.js";
import { erfcx } from "./likelihood/erfcx.js";

interface FitCase {
  readonly lambda: number;
  readonly scores: number[];
  readonly logLikelihood?: number;
  readonly dispersion?: number;
  readonly covariance?: number[][];
}
interface PairCase extends FitCase {
  readonly comparisons: [a: number, b: number, probability: number, weightOrDifference: number][];
  readonly scale?: ThurstoneScale;
}
interface Goldens {
  readonly erfcx: [x: number, value: number][];
  readonly bradleyTerry: PairCase[];
  readonly unregularised: PairCase[];
  readonly thurstone: PairCase[];
  readonly plackettLuce: (FitCase & { readonly rankings: { order: number[]; others: number[] }[] })[];
  readonly offsets: PairCase[];
  readonly kemeny: { readonly rankings: number[][]; readonly distance: number }[];
}

const file = join(import.meta.dirname, "../../goldens/preference/preference.json.gz");
const goldens: Goldens = JSON.parse(gunzipSync(readFileSync(file)).toString("utf8"));

/** Largest difference of any number in a fit from the reference's, in units of 1. */
function compare(fit: PreferenceFit<number>, wanted: FitCase, items: readonly number[]): void {
  const scores = items.map((item) => fit.score(item));
  near(scores, wanted.scores, 1e-7);
  expect(fit.converged).toBe(true);
  if (wanted.logLikelihood !== undefined) near([fit.logLikelihood], [wanted.logLikelihood], 1e-8);
  if (wanted.dispersion !== undefined) near([fit.dispersion], [wanted.dispersion], 1e-6 * wanted.dispersion);
  if (wanted.covariance === undefined) return;
  const matrix = [...fit.covariance(items)].map((value) => value / fit.dispersion);
  near(matrix, wanted.covariance.flat(), 1e-6);
}

function near(actual: readonly number[], wanted: readonly number[], bar: number): void {
  expect(actual).toHaveLength(wanted.length);
  for (const [i, value] of wanted.entries())
    expect(Math.abs(actual[i]! - value), `${actual[i]} for ${value}`).toBeLessThan(bar);
}

const placesOf = ({ scores }: FitCase) => scores.map((_, place) => place);
const weighted = ({ comparisons }: PairCase) =>
  comparisons.map(([a, b, probability, weight]) => ({ a, b, probability, weight }));

describe("goldens of choix and SciPy", () => {
  it("Bradley–Terry, soft and hard, with and without a prior", () => {
    for (const wanted of goldens.bradleyTerry)
      compare(fitBradleyTerry(weighted(wanted), { lambda: wanted.lambda }), wanted, placesOf(wanted));
  });

  it("Bradley–Terry against Hunter's MM and iterated spectral ranking", () => {
    for (const wanted of goldens.unregularised)
      compare(fitBradleyTerry(weighted(wanted), { lambda: 0 }), wanted, placesOf(wanted));
  });

  it("Thurstone in each scale", () => {
    for (const wanted of goldens.thurstone) {
      const { scale, lambda } = wanted;
      compare(fitThurstone(weighted(wanted), { scale, lambda }), wanted, placesOf(wanted));
    }
  });

  it("Plackett–Luce, full rankings, windows and top-k lists", () => {
    for (const wanted of goldens.plackettLuce)
      compare(fitPlackettLuce(wanted.rankings, { lambda: wanted.lambda }), wanted, placesOf(wanted));
  });

  it("offsets of groups", () => {
    for (const wanted of goldens.offsets) {
      const cross = wanted.comparisons.map(([a, b, probability, difference]) => ({
        a,
        b,
        probability,
        difference,
      }));
      compare(fitOffsets(cross, { lambda: wanted.lambda }), wanted, placesOf(wanted));
    }
  });

  it("Kemeny's distance, of integer programming", () => {
    for (const { rankings, distance } of goldens.kemeny) {
      const found = kemeny(rankings);
      if (found.exact) expect(found.distance).toBe(distance);
      else expect(found.distance).toBeLessThanOrEqual(1.01 * distance);
    }
  });

  it("the scaled complementary error function", () => {
    for (const [x, value] of goldens.erfcx) expect(Math.abs(erfcx(x) / value - 1)).toBeLessThan(1e-15);
  });
});
