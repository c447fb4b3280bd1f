import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareIds } from "./compare-ids.js";

describe("compareIds", () => {
  it("orders as the UTF-8 bytes do", () => {
    const units = [
      "a",
      "B",
      "9",
      "é",
      "\u{d7ff}",
      "\u{e000}",
      "\u{e7ff}",
      "\u{e800}",
      "\u{ffef}",
      "\u{10000}",
      "😀",
    ];
    const id = fc.string({ unit: fc.constantFrom(...units), maxLength: 6 });
    const check = (a: string, b: string) => {
      expect(Math.sign(compareIds(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    };
    fc.assert(fc.property(id, id, check));
  });

  it("differs from the order of JavaScript strings above U+D7FF", () => {
    expect(["\u{ff21}", "😀"].sort()).toEqual(["😀", "\u{ff21}"]);
    expect(["\u{ff21}", "😀"].sort(compareIds)).toEqual(["\u{ff21}", "😀"]);
  });
});
