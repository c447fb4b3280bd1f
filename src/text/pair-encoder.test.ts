import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Document } from "../types/index.js";
import { buildTokenizer } from "./build-tokenizer.js";
import { PairEncoder } from "./pair-encoder.js";
import type { PairOptions, TokenCaps, Truncation } from "./pair-options.js";
import type { Tokenizer } from "./tokenizer.js";

/** Each letter is a word and a token: "abc" and "a b c" are 3 tokens. Special tokens are 1, 2 and 2. */
const letters: Tokenizer = buildTokenizer({
  tokenizer: {
    added_tokens: [],
    normalizer: { type: "BertNormalizer", lowercase: false, strip_accents: false },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: { type: "BertProcessing", cls: ["[CLS]", 1], sep: ["[SEP]", 2] },
    model: {
      type: "WordPiece",
      unk_token: "?",
      vocab: Object.fromEntries(
        ["?", "[CLS]", "[SEP]", ..."abcdefghijklmnopqrstuvwxyz"].map((t, id) => [t, id]),
      ),
    },
  },
});
const text = (length: number) =>
  Array.from({ length }, (_, i) => "abcdefghijklmnopqrstuvwxyz"[i % 26]).join(" ");
const spell = (ids: ArrayLike<number>) =>
  Array.from(ids, (id) => (id === 1 ? "<" : id === 2 ? "|" : String.fromCharCode(94 + id))).join("");
const encode = (options: PairOptions, query: string, document: string | { title?: string; text: string }) => {
  const encoder = new PairEncoder(letters, options);
  const encoded = encoder.encodeDocument(
    encoder.encodeQuery(query),
    typeof document === "string" ? { text: document } : document,
  );
  return { ...encoded, spelled: encoded.sequences.map(({ ids }) => spell(ids)) };
};

describe("PairEncoder", () => {
  it("puts query and document between special tokens, with types and window", () => {
    const { sequences, spelled, ...facts } = encode({ maxTokens: 20 }, "a b", "  c d e ");
    expect(spelled).toEqual(["<ab|cde|"]);
    expect([...(sequences[0]?.typeIds ?? [])]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect(sequences[0]?.window).toEqual([2, 7]);
    expect(facts).toEqual({
      tokensSeen: 3,
      tokensTotal: 3,
      truncated: false,
      queryTruncated: false,
      malformed: false,
    });
  });

  it("reads the title before the text, and counts offsets in the text", () => {
    const { sequences, spelled, tokensTotal } = encode({ maxTokens: 20 }, "q", { title: "x y", text: "a b" });
    expect(spelled).toEqual(["<q|xyab|"]);
    expect(sequences[0]?.window).toEqual([0, 3]);
    expect(tokensTotal).toBe(4);
  });

  it("says so when nothing of the text is there", () => {
    expect(encode({ maxTokens: 20 }, "q", "").sequences[0]?.window).toEqual([0, 0]);
    expect(encode({ maxTokens: 20 }, "q", { title: "x", text: "" }).spelled).toEqual(["<q|x|"]);
  });

  describe("only_second", () => {
    it("cuts the end of the document", () => {
      const { sequences, spelled, tokensSeen, tokensTotal, truncated } = encode(
        { maxTokens: 10 },
        "q r",
        text(30),
      );
      expect(spelled).toEqual(["<qr|abcde|"]);
      expect([tokensSeen, tokensTotal, truncated]).toEqual([5, 30, true]);
      expect(sequences[0]?.window).toEqual([0, 9]);
    });

    it("first cuts the query down to half of the room, or to what you say", () => {
      const half = encode({ maxTokens: 11 }, text(9), text(9));
      expect(half.spelled).toEqual(["<abcd|abcd|"]);
      expect(half.queryTruncated).toBe(true);
      const three = encode({ maxTokens: 11, maxQueryTokens: 3 }, text(9), text(9));
      expect(three.spelled).toEqual(["<abc|abcde|"]);
    });

    it("never lets a title crowd the text out", () => {
      const title = "t t t t t t t t t t";
      const { sequences, spelled, tokensTotal, truncated } = encode({ maxTokens: 12 }, "q", {
        title,
        text: "a b c d e f",
      });
      expect(spelled).toEqual(["<q|ttttabcd|"]);
      expect([tokensTotal, truncated]).toEqual([16, true]);
      expect(sequences[0]?.window).toEqual([0, 7]);
      expect(encode({ maxTokens: 12 }, "q", { title, text: "a b" }).spelled).toEqual(["<q|ttttttab|"]);
      expect(encode({ maxTokens: 12 }, "q", { title, text: "" }).spelled).toEqual(["<q|tttttttt|"]);
    });
  });

  it("longest_first cuts whichever side is longer", () => {
    const options: PairOptions = { maxTokens: 11, truncation: "longest_first" };
    expect(encode(options, text(2), text(20)).spelled).toEqual(["<ab|abcdef|"]);
    expect(encode(options, text(20), text(2)).spelled).toEqual(["<abcdef|ab|"]);
    const both = encode(options, text(20), text(20));
    expect(both.spelled).toEqual(["<abcd|abcd|"]);
    expect([both.queryTruncated, both.truncated]).toEqual([true, true]);
  });

  it("head_tail keeps both ends of a document that does not fit, in proportion", () => {
    const options: PairOptions = { maxTokens: 10, truncation: "head_tail" };
    const { sequences, spelled, tokensSeen } = encode(options, "q", text(26));
    expect(spelled).toEqual(["<q|abcdyz|"]);
    expect([tokensSeen, sequences[0]?.window]).toEqual([6, [0, 51]]);
    expect(encode(options, "q", text(6)).spelled).toEqual(["<q|abcdef|"]);
    expect(encode({ ...options, truncation: { head: 1, tail: 2 } }, "q", text(26)).spelled).toEqual([
      "<q|ayz|",
    ]);
  });

  it("error refuses what does not fit", () => {
    const options: PairOptions = { maxTokens: 10, truncation: "error" };
    expect(encode(options, text(4), text(3)).spelled).toEqual(["<abcd|abc|"]);
    const refusal = expect.objectContaining({ code: "DOCUMENT_TRUNCATED" });
    expect(() => encode(options, text(4), text(4))).toThrow(refusal);
    expect(() => encode(options, text(8), "")).toThrow(refusal);
    expect(() => encode({ ...options, windows: { tokens: 3, maxWindows: 2 } }, "q", text(9))).toThrow(
      refusal,
    );
  });

  describe("windows", () => {
    const windows = { tokens: 4, overlap: 1, maxWindows: 3 };

    it("reads a long document piece by piece, its title before each", () => {
      const { sequences, spelled, truncated } = encode({ maxTokens: 20, windows }, "q", {
        title: "x",
        text: text(9),
      });
      expect(spelled).toEqual(["<q|xabcd|", "<q|xdefg|", "<q|xghi|"]);
      expect(sequences.map(({ window }) => window)).toEqual([
        [0, 7],
        [6, 13],
        [12, 17],
      ]);
      expect(truncated).toBe(false);
    });

    it("leaves the rest of a very long one unread and says so", () => {
      const { spelled, tokensSeen, tokensTotal, truncated } = encode(
        { maxTokens: 20, windows },
        "q",
        text(1000),
      );
      expect(spelled).toEqual(["<q|abcd|", "<q|defg|", "<q|ghij|"]);
      expect([tokensSeen, tokensTotal, truncated]).toEqual([10, 1000, true]);
    });

    it("shrinks where query and title leave little room, and caps the title", () => {
      const document = { title: "t t t t t t t t t", text: text(5) };
      const { spelled } = encode({ maxTokens: 9, windows }, "q", document);
      expect(spelled).toEqual(["<q|ttabc|", "<q|ttde|"]);
    });

    it("needs but one sequence for a short document or an empty one", () => {
      expect(encode({ maxTokens: 20, windows }, "q", "a b").spelled).toEqual(["<q|ab|"]);
      expect(encode({ maxTokens: 20, windows }, "q", "").spelled).toEqual(["<q||"]);
    });
  });

  describe("caps", () => {
    const capped = (options: PairOptions, caps: TokenCaps, query: string, document: Document) => {
      const encoder = new PairEncoder(letters, options).capped(caps);
      const encoded = encoder.encodeDocument(encoder.encodeQuery(query), document);
      return { ...encoded, spelled: encoded.sequences.map(({ ids }) => spell(ids)) };
    };

    it("cut either side although it would fit, and say so", () => {
      const caps = { maxQueryTokens: 2, maxDocumentTokens: 3 };
      const read = capped({ maxTokens: 40 }, caps, "a b c", { text: "d e f g" });
      expect(read.spelled).toEqual(["<ab|def|"]);
      expect(read).toMatchObject({ tokensSeen: 3, tokensTotal: 4, truncated: true, queryTruncated: true });
    });

    it("count the title, and all windows together", () => {
      const long = { title: "x", text: text(12) };
      const windows = { tokens: 4, overlap: 0 };
      const read = capped({ maxTokens: 40, windows }, { maxDocumentTokens: 7 }, "q", long);
      expect(read.spelled).toEqual(["<q|xabcd|", "<q|xef|"]);
      expect(read.tokensSeen).toBe(7);
    });

    it("change nothing where they are wider than what holds anyway", () => {
      const encoder = new PairEncoder(letters, { maxTokens: 20, maxDocumentTokens: 5 });
      expect(encoder.capped({ maxQueryTokens: 8, maxDocumentTokens: 5 })).toBe(encoder);
      expect(encoder.capped({})).toBe(encoder);
    });

    it("hold whatever the policy, and keep a beginning of what is read without them", () => {
      const policy = fc.constantFrom<Truncation>("only_second", "longest_first");
      const length = fc.integer({ min: 0, max: 30 });
      fc.assert(
        fc.property(policy, length, length, fc.integer({ min: 1, max: 30 }), (truncation, q, d, most) => {
          const document = { text: text(d) };
          const read = capped({ maxTokens: 24, truncation }, { maxDocumentTokens: most }, text(q), document);
          expect(read.tokensSeen).toBeLessThanOrEqual(most);
          expect(read.truncated).toBe(read.tokensSeen < d);
          const { window } = read.sequences[0]!;
          expect(window[0]).toBe(0);
        }),
      );
    });
  });

  it("reports lone surrogates", () => {
    const encoder = new PairEncoder(letters, { maxTokens: 20 });
    expect(encoder.encodeQuery("a\ud800").malformed).toBe(true);
    expect(encode({ maxTokens: 20 }, "q", "a \udc00").malformed).toBe(true);
    expect(encode({ maxTokens: 20 }, "q", { title: "\ud800", text: "a" }).malformed).toBe(true);
  });

  const folder = join(import.meta.dirname, "../../goldens/tokenizers");
  const read = (kind: string) => JSON.parse(readFileSync(join(folder, kind, "tokenizer.json"), "utf8"));

  it.each(["wordpiece", "bpe", "unigram"])(
    "with %s: never too long, whole where it fits, windows in the text",
    (kind) => {
      const tokenizer = buildTokenizer({ tokenizer: read(kind) });
      const truncation = fc.constantFrom<Truncation>("only_second", "longest_first", "head_tail", {
        head: 3,
        tail: 5,
      } as const);
      const windows = fc.option(
        fc.record({ tokens: fc.integer({ min: 2, max: 40 }), overlap: fc.constant(1) }),
        {
          nil: undefined,
        },
      );
      const words = fc.array(
        fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("the", "query", "图书馆", "é")),
        {
          maxLength: 40,
        },
      );
      const joined = words.map((parts) => parts.join(" "));
      fc.assert(
        fc.property(
          fc.integer({ min: 6, max: 60 }),
          truncation,
          windows,
          joined,
          joined,
          joined,
          (...drawn) => {
            const [maxTokens, policy, windowing, query, title, body] = drawn;
            const options: PairOptions =
              windowing === undefined ? { maxTokens, truncation: policy } : { maxTokens, windows: windowing };
            const encoder = new PairEncoder(tokenizer, options);
            const encodedQuery = encoder.encodeQuery(query);
            const encoded = encoder.encodeDocument(encodedQuery, { title, text: body });
            const whole = tokenizer.encode(title === "" ? body : `${title} ${body}`);
            expect(encoded.tokensTotal).toBe(whole.total);
            expect(encoded.truncated).toBe(encoded.tokensSeen < encoded.tokensTotal);
            for (const { ids, typeIds, window } of encoded.sequences) {
              expect(ids.length).toBeLessThanOrEqual(maxTokens);
              expect(typeIds.length).toBe(ids.length);
              expect(window[0]).toBeGreaterThanOrEqual(0);
              expect(window[1]).toBeGreaterThanOrEqual(window[0]);
              expect(window[1]).toBeLessThanOrEqual(body.length);
            }
            if (encoded.sequences.length === 1 && !encoded.truncated && !encoded.queryTruncated) {
              const { before, between, after } = tokenizer.template;
              const expected = [before.ids, tokenizer.encode(query).ids, between.ids, whole.ids, after.ids];
              expect([...(encoded.sequences[0]?.ids ?? [])]).toEqual(expected.flatMap((part) => [...part]));
            }
          },
        ),
        { numRuns: 80 },
      );
    },
  );
});
