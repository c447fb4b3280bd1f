import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStrictJson } from "./json.js";

describe("parseStrictJson", () => {
  it("agrees with JSON.parse on what JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseStrictJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it("throws SyntaxError or agrees with JSON.parse on any text", () => {
    const fragment = fc.constantFrom("{", "}", "[", "]", '"', "\\", ":", ",", "a", "1", " ", '"a"', '"a":1');
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 20 }), (fragments) => {
        const text = fragments.join("");
        try {
          expect(parseStrictJson(text)).toEqual(JSON.parse(text));
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
  });

  it.each([
    ['{"a": 1, "a": 2}', '"a"'],
    ['{"a": 1, "\\u0061": 2}', '"a"'],
    ['{"t": {"dtype": "F32", "shape": [], "dtype": "F16"}}', '"t.dtype"'],
    ['[{"a": 1}, {"b": 1, "b" : 1}]', '".b"'],
  ])("refuses the duplicate key in %s", (text, key) => {
    expect(() => parseStrictJson(text)).toThrow(`the key ${key} occurs twice`);
  });

  it("allows equal keys in different objects, and braces and quotes inside strings", () => {
    const text = '[{"a": "}{[\\""}, {"a": {"a": "a"}}, "a:", "b"]';
    expect(parseStrictJson(text)).toEqual([{ a: '}{["' }, { a: { a: "a" } }, "a:", "b"]);
  });

  it("refuses nesting that later recursion could choke on", () => {
    expect(() => parseStrictJson("[".repeat(1_000_000))).toThrow("nested deeper than 8 levels");
    expect(parseStrictJson(`${"[".repeat(8)}${"]".repeat(8)}`)).toEqual([[[[[[[[]]]]]]]]);
  });
});
