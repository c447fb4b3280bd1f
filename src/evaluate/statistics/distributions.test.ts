import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalCdf, normalQuantile } from "../../numbers/normal.js";
import { betaQuantile } from "./beta.js";
import { incompleteBeta } from "./incomplete-beta.js";
import { studentTCdf, studentTQuantile, twoSidedP } from "./student-t.js";

const probability = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
const shape = fc.double({ min: 0.3, max: 2000, noNaN: true });

describe("quantiles", () => {
  it("invert their distribution functions", () => {
    fc.assert(
      fc.property(probability, shape, shape, (p, a, b) => {
        expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 12);
        expect(studentTCdf(studentTQuantile(p, a), a)).toBeCloseTo(p, 10);
        const x = betaQuantile(p, 1 + a, 1 + b);
        expect(incompleteBeta(1 + a, 1 + b, x)).toBeCloseTo(p, 10);
      }),
    );
  });
});

describe("distribution functions", () => {
  it("mirror: I_x(a, b) = 1 − I_(1−x)(b, a), and t and z about 0", () => {
    fc.assert(
      fc.property(probability, shape, shape, (x, a, b) => {
        expect(incompleteBeta(a, b, x)).toBeCloseTo(1 - incompleteBeta(b, a, 1 - x), 9);
        expect(studentTCdf(-x, a)).toBeCloseTo(1 - studentTCdf(x, a), 12);
        expect(normalCdf(-x)).toBeCloseTo(1 - normalCdf(x), 12);
      }),
    );
  });

  it("end at 0 and 1", () => {
    expect([incompleteBeta(2, 3, 0), incompleteBeta(2, 3, 1)]).toEqual([0, 1]);
    expect([studentTCdf(-Infinity, 4), studentTCdf(Infinity, 4), twoSidedP(0, 4)]).toEqual([0, 1, 1]);
    expect([normalCdf(-Infinity), normalCdf(0), normalCdf(Infinity)]).toEqual([0, 0.5, 1]);
    expect([normalQuantile(0.5), studentTQuantile(0.5, 3)]).toEqual([0, 0]);
  });

  it("are those of a uniform (Beta(1, 1)) and of Cauchy (1 degree of freedom)", () => {
    expect(incompleteBeta(1, 1, 0.3)).toBeCloseTo(0.3, 14);
    expect(studentTCdf(1, 1)).toBeCloseTo(0.75, 14);
  });

  it("refuse what lies outside their domain", () => {
    expect(() => incompleteBeta(0, 1, 0.5)).toThrow("a is 0");
    expect(() => incompleteBeta(1, -1, 0.5)).toThrow("b is -1");
    expect(() => incompleteBeta(1, 1, 1.5)).toThrow("x is 1.5");
    expect(() => betaQuantile(1, 1, 1)).toThrow("p is 1");
    expect(() => normalQuantile(0)).toThrow("p is 0");
    expect(() => normalCdf(Number.NaN)).toThrow("z is NaN");
    expect(() => studentTCdf(Number.NaN, 1)).toThrow("t is NaN");
    expect(() => studentTQuantile(0.5, 0)).toThrow("df is 0");
  });
});
