import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstJsonError } from "./first-json-error.js";

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("firstJsonError", () => {
  it.each<[string, number]>([
    ['{"text": hello}', 9],
    ['{"text": "a" "b"}', 13],
    ["{'text': 1}", 1],
    ['{"a": 1,}', 8],
    ["[1, 2}", 5],
    ['{"a": 01}', 7],
    ['{"a": "\\x"}', 7],
    ['{"a": 1} x', 9],
    ['{"a": [1, {', 11],
    ['{"a": "open', 11],
    ['{"a": "tab\t"}', 10],
    ["", 0],
    ["nul", 0],
  ])("finds the error of %j at %i", (text, offset) => {
    expect(firstJsonError(text)).toBe(offset);
  });

  it("finds none in JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
        expect(firstJsonError(JSON.stringify(value, null, indent))).toBeUndefined();
      }),
    );
  });

  it("agrees with JSON.parse about every damaged text", () => {
    const damage = fc.tuple(
      fc.json(),
      fc.nat(),
      fc.nat({ max: 3 }),
      fc.constantFrom("", ",", "}", '"', "x", "\n", "\\"),
    );
    fc.assert(
      fc.property(damage, ([json, where, cut, insert]) => {
        const at = where % (json.length + 1);
        const text = json.slice(0, at) + insert + json.slice(at + cut);
        expect(firstJsonError(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 1000 },
    );
  });

  it("does not mind nesting or strings larger than the stack", () => {
    expect(firstJsonError("[".repeat(200_000))).toBe(200_000);
    expect(firstJsonError(`"${"a\\n".repeat(3_000_000)}"`)).toBeUndefined();
  });
});
