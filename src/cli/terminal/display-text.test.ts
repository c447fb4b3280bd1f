import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, oneLine, pad, shorten } from "./display-text.js";

const anyText = fc.string({ unit: "binary" });

describe("displayWidth", () => {
  it.each([
    ["abc", 3],
    ["日本語", 6],
    ["한국", 4],
    ["Ｆｕｌｌ", 8],
    ["e\u0301", 1],
    ["नमस्ते", 4],
    ["👍🏽", 2],
    ["👨‍👩‍👧‍👦", 2],
    ["🇩🇪", 2],
    ["❤️", 2],
    ["→–…·", 4],
    ["שלום", 4],
    ["a\u200bb", 2],
    ["", 0],
  ])("%j takes %i columns", (text, width) => expect(displayWidth(text)).toBe(width));
});

describe("shorten", () => {
  it("cuts between characters as people see them", () => {
    expect(shorten("password", 8)).toBe("password");
    expect(shorten("password", 7)).toBe("passwo…");
    expect(shorten("reset my", 7)).toBe("reset…");
    expect(shorten("日本語", 5)).toBe("日本…");
    expect(shorten("日本語", 4)).toBe("日…");
    expect(shorten("a👨‍👩‍👧‍👦b", 3)).toBe("a…");
    expect(shorten("ab", 1)).toBe("…");
  });

  it("never exceeds the columns and keeps what fits", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 30 }), (text, columns) => {
        const short = shorten(text, columns);
        expect(displayWidth(short)).toBeLessThanOrEqual(columns);
        if (displayWidth(text) <= columns) expect(short).toBe(text);
      }),
    );
  });
});

describe("oneLine", () => {
  it("joins lines and drops what moves the cursor, colours or turns the text", () => {
    expect(oneLine("  one\r\n\ttwo\u2028three ")).toBe("one two three");
    expect(oneLine("\x1b[2J\x1b[31mred\x1b[0m\x07\x00")).toBe("red");
    expect(oneLine("\x1b]0;title\x07text")).toBe("text");
    expect(oneLine("abc\u202Edef\u2066")).toBe("abcdef");
    expect(oneLine("a\ud800b")).toBe("a\ufffdb");
  });

  it("leaves no control character and no second space in any text", () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.string({ unit: fc.constantFrom("\x1b", "[", "2", "J", "\x9b", " ", "\n") })),
        (text) => {
          expect(oneLine(text)).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]| {2}|\n/u);
        },
      ),
    );
  });
});

describe("pad", () => {
  it("fills up by columns, not by characters", () => {
    expect(pad("日本", 6, "left")).toBe("日本  ");
    expect(pad("7", 3, "right")).toBe("  7");
    expect(pad("long", 2, "left")).toBe("long");
  });
});
