import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { score, toJson } from "./json.js";

describe("toJson", () => {
  it("prints scores with a fraction part and other numbers without", () => {
    const results = [0, 1, -0, 0.5, 12, 1e21, 1e-7].map((value, index) => ({ index, score: score(value) }));
    expect(toJson(results.map((line) => line.score))).toBe("[0.0,1.0,-0.0,0.5,12.0,1e+21,1e-7]");
    expect(toJson(results[1])).toBe('{"index":1,"score":1.0}');
  });

  it("gives every number back bit for bit", () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, (value) => {
        expect(JSON.parse(toJson(score(value)))).toBe(value);
        expect(toJson(score(value))).toMatch(/[.e]/);
        expect(JSON.parse(toJson(value))).toBe(value);
      }),
    );
  });

  it("gives every JSON value back", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(toJson(value))).toEqual(value);
      }),
    );
  });

  it("prints nothing that an object does not hold itself", () => {
    const inherited = Object.create({ secret: 1 }, { own: { value: 2, enumerable: true } });
    expect(toJson({ ...inherited, absent: undefined })).toBe('{"own":2}');
    expect(toJson(inherited)).toBe('{"own":2}');
  });

  it("prints lone surrogates as models read them", () => {
    expect(toJson({ "\ud800": "a\udc00b" })).toBe('{"\ufffd":"a\ufffdb"}');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, score(Number.NaN), 1n, () => 1, [undefined]])(
    "refuses %s",
    (value) => {
      expect(() => toJson([value])).toThrow(expect.objectContaining({ code: "INTERNAL" }));
    },
  );
});
