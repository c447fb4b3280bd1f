import { describe, expect, it } from "vitest";
import { toYaml } from "./yaml.js";

describe("toYaml", () => {
  it("keeps the order of keys and writes text plainly where it can", () => {
    const value = { title: "Röntgen & Co.", year: 1901, open: true, text: "A lamp, a tube." };
    expect(toYaml(value)).toBe("title: Röntgen & Co.\nyear: 1901\nopen: true\ntext: A lamp, a tube.");
  });

  it("nests by two spaces", () => {
    expect(toYaml({ a: { b: ["c", { d: null }] }, e: [], f: {} })).toBe(
      "a:\n  b:\n    - c\n    -\n      d: null\ne: []\nf: {}",
    );
  });

  it.each([
    ["", '""'],
    ["- item", '"- item"'],
    ["key: value", '"key: value"'],
    ["a #comment", '"a #comment"'],
    ["no", '"no"'],
    ["12", '"12"'],
    ["1e3", '"1e3"'],
    ["2026-11-20", '"2026-11-20"'],
    [".inf", '".inf"'],
    ["trailing ", '"trailing "'],
    ["tab\there", '"tab\\there"'],
    ["line\u2028end", '"line\\u2028end"'],
    ["12 monkeys", "12 monkeys"],
    ["don't", "don't"],
    ["a:b#c", "a:b#c"],
    ["\ud800", "\ufffd"],
  ])("writes %j as %s", (text, written) => {
    expect(toYaml({ a: text })).toBe(`a: ${written}`);
  });

  it.each([
    ["two\nlines", "a: |-\n  two\n  lines"],
    ["two\nlines\n", "a: |\n  two\n  lines"],
    ["gap\n\nline\n\n", "a: |+\n  gap\n\n  line\n"],
    ["\nfirst", 'a: "\\nfirst"'],
  ])("writes the lines of %j", (text, written) => {
    expect(toYaml({ a: text })).toBe(written);
  });

  it("quotes keys as it quotes text", () => {
    expect(toYaml({ "a: b": 1, "x\ny": 2, yes: 3 })).toBe('"a: b": 1\n"x\\ny": 2\n"yes": 3');
  });
});
