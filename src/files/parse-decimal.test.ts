import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDecimal } from "./parse-decimal.js";

/** With bytes around the number that must not be read. */
function parse(text: string): number {
  const all = `-9${text}-9`;
  return parseDecimal(Buffer.from(all), 2, 2 + text.length, all);
}

describe("parseDecimal", () => {
  it.each([
    "0",
    "-0",
    "1",
    "+7",
    "5.",
    ".5",
    "-.5",
    "007.250",
    "1e3",
    "1E-3",
    "2.5e+10",
    "1e400",
    "-1e400",
    "1e-400",
  ])("reads %s as Number does", (text) => {
    expect(parse(text)).toBe(Number(text));
  });

  it.each([
    "",
    "-",
    ".",
    "+.",
    "e5",
    "1e",
    "1e+",
    "1e-x",
    "1e5.0",
    "1.2.3",
    "--1",
    "+-1",
    "0x10",
    "Infinity",
    "nan",
    "1_0",
    "1,5",
  ])("refuses %j", (text) => {
    expect(parse(text)).toBeNaN();
  });

  it("rounds as Number does, whatever the digits", () => {
    const digits = fc.stringMatching(/^\d{1,24}$/);
    const exponent = fc.option(fc.integer({ min: -340, max: 320 }), { nil: undefined });
    fc.assert(
      fc.property(
        fc.constantFrom("", "-", "+"),
        digits,
        fc.nat({ max: 24 }),
        exponent,
        (sign, all, where, e) => {
          const point = `${all.slice(0, where)}.${all.slice(where)}`;
          const text = sign + (where > all.length ? all : point) + (e === undefined ? "" : `e${e}`);
          expect(parse(text)).toBe(Number(text));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it("gives back every double from its shortest text", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parse(String(value))).toBe(value + 0);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 0, max: 17 }),
        (value, places) => {
          expect(parse(value.toFixed(places))).toBe(Number(value.toFixed(places)));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
