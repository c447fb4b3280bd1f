import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Normalized } from "../normalized.js";
import { bert } from "./bert.js";
import { compileNormalizer } from "./compile.js";
import { lowercase } from "./lowercase.js";
import { type Normalizer, WHOLE } from "./normalizer.js";
import { parseRunPattern, replaceRuns, replaceString } from "./replace.js";
import { strip } from "./strip.js";
import { unicodeForm } from "./unicode-form.js";

const run = (normalizer: Normalizer, text: string, edges = WHOLE) =>
  normalizer(new Normalized(text, 0), edges).text;

describe("unicodeForm", () => {
  const old = fc.constantFrom(..."aeßé ÅΩ가ㄱㅏﬁ½ｶﾞ\u0301\u0316\u0323\u0345\u0f71\u0f72\u1161\u11a8\u1100");

  it.each(["NFC", "NFD", "NFKC", "NFKD"] as const)("%s agrees with the runtime on old characters", (form) => {
    fc.assert(
      fc.property(fc.string({ unit: old }), (text) => {
        expect(run(unicodeForm(form), text)).toBe(text.normalize(form));
      }),
    );
  });

  it("leaves characters alone that came after Unicode 9", () => {
    // U+32FF decomposes since Unicode 12.1, U+A7F2 since 14, U+105C9 is composed since 16.
    expect(run(unicodeForm("NFKD"), "\u32ff\ua7f2\u0301")).toBe("\u32ff\ua7f2\u0301");
    expect(run(unicodeForm("NFC"), "\u{105d2}\u0307")).toBe("\u{105d2}\u0307");
  });
});

describe("bert", () => {
  const uncased = bert({ cleanText: true, handleChineseChars: true, stripAccents: true, lowercase: true });

  it("cleans, isolates ideographs, strips accents and lower-cases", () => {
    expect(run(uncased, "\u0000A\u0085É\tÑ中\u200d!")).toBe("ae n 中 !");
  });

  it("keeps unassigned characters, which are no controls", () => {
    expect(run(uncased, "a\u0378b")).toBe("a\u0378b");
  });
});

describe("lowercase", () => {
  it("looks at characters one by one, without a final sigma", () => {
    expect(run(lowercase, "ΟΔΟΣ İ ẞ")).toBe("οδοσ i\u0307 ß");
  });
});

describe("strip", () => {
  it("works on the ends of the whole text, not on those of a block", () => {
    expect(run(strip(true, true), "\n a \u00a0")).toBe("a");
    expect(run(strip(true, true), " a ", { first: false, last: true })).toBe(" a");
    expect(run(strip(false, true), " a ")).toBe(" a");
  });
});

describe("replace", () => {
  it("replaces literal strings and runs", () => {
    expect(run(replaceString("``", '"'), "```a``")).toBe('"`a"');
    expect(run(replaceRuns({ unit: 32, least: 2 }, "_"), "a b  c   d")).toBe("a b_c_d");
    expect(run(replaceRuns({ unit: "whitespace", least: 1 }, " "), "a\n\tb c")).toBe("a b c");
  });

  it("reads the expressions of published files", () => {
    expect(parseRunPattern(" {2,}")).toEqual({ unit: 32, least: 2 });
    expect(parseRunPattern("\\s+")).toEqual({ unit: "whitespace", least: 1 });
    expect(parseRunPattern("[ab]+")).toBeUndefined();
  });
});

describe("precompiled", () => {
  const file = join(import.meta.dirname, "../../../goldens/tokenizers/unigram/tokenizer.json");
  const compiled = compileNormalizer(JSON.parse(readFileSync(file, "utf8")).normalizer, "normalizer");
  const normalize = (text: string) => compiled && run(compiled.normalize, text);

  it("applies the rules of the charsmap", () => {
    expect(normalize("ＡＢＣ ﬁ ½ ™ e\u0301\u00a0x\u200by\u0007")).toBe("ABC fi 1⁄2 TM é x y");
  });

  it("replaces short clusters whole and long ones character by character, as the reference does", () => {
    expect(normalize("\u2122\u0301")).toBe("TM");
    expect(normalize("\u263a\u200d\u2122\u0301")).toBe("\u263a\u200dTM\u0301");
    expect(normalize("\r\n")).toBe(" ");
  });

  it("may be done in blocks", () => {
    expect(compiled?.cuttable).toBe(true);
  });
});
