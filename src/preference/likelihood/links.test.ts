import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Link } from "./link.js";
import { logisticLink } from "./logistic-link.js";
import { probitLink } from "./probit-link.js";

const links = { logistic: logisticLink, probit: probitLink(1), zelo: probitLink(Math.SQRT2) };

/** Value, first and negative second derivative of one pair's term. */
function term(link: Link, x: number, wins: number, losses: number) {
  const slope = new Float64Array(1);
  const curvature = new Float64Array(1);
  const one = (value: number) => Float64Array.of(value);
  const value = link.derivatives(one(x), one(wins), one(losses), slope, curvature);
  return { value, slope: slope[0]!, curvature: curvature[0]! };
}

describe.each(Object.entries(links))("the %s link", (_, link) => {
  it("has the derivatives of its likelihood", () => {
    const h = 1e-4;
    for (let x = -12; x <= 12; x += 0.37) {
      for (const [wins, losses] of [
        [1, 0],
        [0, 2.5],
        [0.3, 0.7],
      ] as const) {
        const here = term(link, x, wins, losses);
        const [before, after] = [term(link, x - h, wins, losses), term(link, x + h, wins, losses)];
        const bar = 1e-6 * (1 + Math.abs(here.slope) + Math.abs(here.curvature));
        expect(Math.abs((after.value - before.value) / (2 * h) - here.slope)).toBeLessThan(bar);
        expect(Math.abs((before.slope - after.slope) / (2 * h) - here.curvature)).toBeLessThan(bar);
      }
    }
  });

  it("has the likelihood of its probability, and as information the mean of the curvature", () => {
    for (let x = -5; x <= 5; x += 0.31) {
      const p = link.probability(x);
      expect(term(link, x, 0.4, 1.1).value).toBeCloseTo(
        0.4 * Math.log(p) + 1.1 * Math.log(link.probability(-x)),
        9,
      );
      expect(term(link, x, p, 1 - p).curvature).toBeCloseTo(link.information(x), 9);
    }
  });

  it("treats both sides alike", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        fc.double({ min: 0, max: 5, noNaN: true }),
        (x, w) => {
          const [one, other] = [term(link, x, w, 1), term(link, -x, 1, w)];
          expect(one.value).toBe(other.value);
          expect(one.slope + other.slope).toBe(0);
          expect(one.curvature).toBe(other.curvature);
          expect(link.probability(x) + link.probability(-x)).toBeCloseTo(1, 15);
        },
      ),
    );
  });

  it("stays finite, concave and awake to surprises however far apart scores are", () => {
    for (const x of [40, 1e3, 1e6, 1e9, 1e12]) {
      const { value, slope, curvature } = term(link, x, 1, 1);
      for (const number of [value, slope, curvature, link.information(x)])
        expect(number).toBeTypeOf("number");
      expect(Number.isFinite(value)).toBe(true);
      expect(value).toBeLessThanOrEqual(-x / 2);
      expect(slope).toBeLessThanOrEqual(-0.5);
      expect(curvature).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(curvature)).toBe(true);
    }
  });
});

it("the probit of a sure surprise curves like a parabola", () => {
  for (const z of [1e3, 1e5, 1e8, 1e12]) expect(term(probitLink(1), z, 0, 1).curvature).toBeCloseTo(1, 5);
});
