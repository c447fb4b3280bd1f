import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Normalized, Rewriter } from "./normalized.js";

/** Each unit with the part of the source that it stands for. */
const trace = (text: Normalized) => Array.from(text.text, (unit, i) => [unit, text.start(i), text.end(i)]);

describe("Normalized", () => {
  it("is its source at an offset as long as nothing is rewritten", () => {
    const text = new Normalized("ab", 10);
    expect(trace(text)).toEqual([
      ["a", 10, 11],
      ["b", 11, 12],
    ]);
    expect(new Rewriter(text).finish()).toBe(text);
  });

  it("remembers where everything came from", () => {
    const rewriter = new Rewriter(new Normalized("a™bé́c", 0));
    rewriter.replace(1, 2, "TM");
    rewriter.replace(3, 5, "e");
    rewriter.replace(5, 6, "");
    expect(trace(rewriter.finish())).toEqual([
      ["a", 0, 1],
      ["T", 1, 2],
      ["M", 1, 2],
      ["b", 2, 3],
      ["e", 3, 5],
    ]);
  });

  it("gives inserted text the place at which it stands", () => {
    const rewriter = new Rewriter(new Normalized("ab", 5));
    rewriter.replace(0, 0, "_");
    expect(trace(rewriter.finish())[0]).toEqual(["_", 5, 5]);
  });

  it("composes: two rewrites lead back to the first source", () => {
    const first = new Rewriter(new Normalized("½ x", 0));
    first.replace(0, 1, "1⁄2");
    const second = new Rewriter(first.finish());
    second.replace(1, 3, "!");
    expect(trace(second.finish())).toEqual([
      ["1", 0, 1],
      ["!", 0, 1],
      [" ", 1, 2],
      ["x", 2, 3],
    ]);
  });

  it("rewrites like a string would", () => {
    const edits = fc.array(fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 }), fc.string({ maxLength: 4 })));
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), edits, (source, steps) => {
        const rewriter = new Rewriter(new Normalized(source, 0));
        let expected = "";
        let at = 0;
        for (const [keep, drop, text] of steps) {
          const from = Math.min(at + keep, source.length);
          const to = Math.min(from + drop, source.length);
          rewriter.replace(from, to, text);
          expected += source.slice(at, from) + text;
          at = to;
        }
        const result = rewriter.finish();
        expect(result.text).toBe(expected + source.slice(at));
        for (let i = 1; i < result.text.length; i++) {
          expect(result.start(i)).toBeGreaterThanOrEqual(result.start(i - 1));
          expect(result.end(i)).toBeGreaterThanOrEqual(result.start(i));
        }
      }),
    );
  });
});
