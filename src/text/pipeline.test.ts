import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AddedToken } from "./added-tokens.js";
import { compileNormalizer } from "./normalizers/compile.js";
import { type PieceModel, TextPipeline } from "./pipeline.js";
import { TokenSink } from "./token-sink.js";

/** Every UTF-16 unit is a token; where text begins without a space stands a token 1. */
const units: PieceModel = {
  encodePiece(piece, from, to, begins, sink) {
    if (begins && piece.text[from] !== " ") sink.push(1, piece.start(from), piece.start(from));
    for (let i = from; i < to; i++) sink.push(piece.text.charCodeAt(i), piece.start(i), piece.end(i));
  },
};
const plain = { singleWord: false, leftStrip: false, rightStrip: false, normalized: true, special: false };
const normalizer = compileNormalizer(
  {
    type: "Sequence",
    normalizers: [
      { type: "NFKC" },
      { type: "Lowercase" },
      { type: "Strip", strip_left: true, strip_right: true },
      { type: "Replace", pattern: { Regex: " {2,}" }, content: "_" },
    ],
  },
  "normalizer",
);

function encode(text: string, added: readonly AddedToken[], block?: number) {
  const sink = new TokenSink();
  sink.begin(Number.POSITIVE_INFINITY, 0);
  new TextPipeline(units, normalizer, added, block).encode(text, sink);
  return sink.finish();
}
const read = (ids: Int32Array) => String.fromCharCode(...ids);

describe("TextPipeline", () => {
  it("normalises, and finds added tokens before and after that", () => {
    const added = [
      { ...plain, id: 65, content: "foo" },
      { ...plain, id: 66, content: "BAR", normalized: false },
    ];
    expect(read(encode(" FOO  xBAR bar ", added).ids)).toBe("A\u0001_xB\u0001bar");
  });

  it("gives the same tokens and offsets in blocks as in one go", () => {
    const word = fc.oneof(
      fc.constantFrom("a", "Foo", "x", "½", "é", "e\u0301", "\u00a0", "図", ""),
      fc.string({ unit: "binary" }),
    );
    const text = fc.array(word, { maxLength: 60 }).map((words) => words.join(" ").toWellFormed());
    const added = [
      { ...plain, id: 65, content: "foo", leftStrip: true },
      { ...plain, id: 66, content: "x", singleWord: true },
    ];
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 20 }), (source, block) => {
        const inBlocks = encode(source, added, block);
        const whole = encode(source, added, Number.POSITIVE_INFINITY);
        for (const part of ["ids", "starts", "ends"] as const)
          expect(inBlocks[part].join()).toBe(whole[part].join());
      }),
    );
  });

  it("does not cut where an added token could reach over the cut", () => {
    const added = [{ ...plain, id: 65, content: "new york" }];
    expect(read(encode("a new york b", added, 2).ids)).toBe("\u0001a A b");
  });
});
