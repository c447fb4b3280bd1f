import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { Normalized } from "../../text/normalized.js";
import { bert } from "../../text/normalizers/bert.js";
import { WHOLE } from "../../text/normalizers/normalizer.js";
import { bertWords } from "../../text/wordpiece/bert-words.js";
import { WordCounts } from "./word-counts.js";

const count = (...texts: string[]) => {
  const counts = new WordCounts();
  for (const text of texts) counts.add(text);
  return Object.fromEntries(counts.words());
};

it("counts words as a BERT tokenizer splits them", () => {
  expect(count("Don't stop.", "Élan, élan!  中文")).toEqual({
    don: 1,
    "'": 1,
    t: 1,
    stop: 1,
    ".": 1,
    elan: 2,
    ",": 1,
    "!": 1,
    中: 1,
    文: 1,
  });
});

it("leaves out what the tokenizer takes for unknown because of its length", () => {
  expect(count(`${"x".repeat(101)} ${"y".repeat(100)}`)).toEqual({ ["y".repeat(100)]: 1 });
});

it("finds in runs what normalising the whole text finds", () => {
  const normalize = bert({ cleanText: true, handleChineseChars: true, stripAccents: true, lowercase: true });
  const awkward = fc.constantFrom(..."aA é\u0301\u0000\n.中=\u0338≠\u00a0\u200d\ufeffß😀\ud800-x");
  const hard: string[] = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../../goldens/tokenizers/cases.json"), "utf8"),
  ).texts;
  const text = fc.oneof(
    fc.string({ unit: awkward, maxLength: 30 }),
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.constantFrom(...hard.filter((one) => !/\S{101}/u.test(one))),
  );
  fc.assert(
    fc.property(text, (source) => {
      const whole: Record<string, number> = {};
      const normal = normalize(new Normalized(source.toWellFormed(), 0), WHOLE).text;
      bertWords(normal, 0, normal.length, (from, to) => {
        const word = normal.slice(from, to);
        whole[word] = (whole[word] ?? 0) + 1;
      });
      expect(count(source)).toEqual(whole);
    }),
    { numRuns: 400 },
  );
});
