import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTokenizer } from "../../text/index.js";
import { trainVocabulary, type VocabularyOptions, type VocabularyProgress } from "./train-vocabulary.js";

interface Golden {
  readonly texts: readonly string[];
  readonly cases: readonly {
    readonly name: string;
    readonly size: number;
    readonly minFrequency: number;
    readonly pieces: readonly string[];
  }[];
}
const golden: Golden = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../goldens/vocabulary/learned.json"), "utf8"),
);

/** Pieces in the order of their ids. */
async function pieces(texts: Iterable<string>, options: VocabularyOptions): Promise<string[]> {
  const { vocab } = (await trainVocabulary(texts, options)).model;
  return Object.keys(vocab).sort((a, b) => vocab[a]! - vocab[b]!);
}

describe("trainVocabulary, against the trainer of Hugging Face's tokenizers", () => {
  it.each(golden.cases)("$name: the same pieces with the same ids", async (wanted) => {
    const learned = await pieces(golden.texts, { size: wanted.size, minFrequency: wanted.minFrequency });
    expect(learned).toEqual(wanted.pieces);
  });
});

describe("trainVocabulary", () => {
  const texts = ["low low low low low", "lower lower", "newest newest newest newest", "widest widest widest"];

  it("merges the most frequent pair first", async () => {
    const learned = await pieces(texts, { size: 60 });
    // l ##o, ##e ##s and ##s ##t occur 7 times each; the ids of l are smaller than those inside words.
    expect(learned.slice(0, 5)).toEqual(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]);
    const merged = learned.filter((piece) => piece.replace("##", "").length > 1 && !piece.startsWith("["));
    expect(merged.slice(0, 4)).toEqual(["lo", "##es", "low", "##est"]);
    expect(merged).toContain("widest");
  });

  it("learns a tokenizer that reads its own texts back in whole words", async () => {
    const tokenizer = buildTokenizer({ tokenizer: await trainVocabulary(texts, { size: 100 }) });
    expect(tokenizer.kind).toBe("wordpiece");
    expect(tokenizer.padId).toBe(0);
    expect(tokenizer.template.documentType).toBe(1);
    const { ids, starts } = tokenizer.encode("LOW newest, widest");
    expect([...starts]).toEqual([0, 4, 10, 12]);
    expect(ids[2]).toBe(tokenizer.unknownId); // no text holds a comma
  });

  it("does not depend on the order of the texts", async () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "é", "中", " "), maxLength: 12 });
    const some = fc.array(word, { minLength: 1, maxLength: 12 }).filter((list) => /\S/.test(list.join("")));
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 20, max: 60 }), async (list, size) => {
        const options = { size, minFrequency: 1 };
        expect(await pieces(list.toReversed(), options)).toEqual(await pieces(list, options));
      }),
      { numRuns: 50 },
    );
  });

  it("knows every character of the texts, or those asked for", async () => {
    const learned = await pieces(["abc abd", "xyz"], { size: 40, alphabet: "ж日", alphabetLimit: 4 });
    // The two asked for, and the two most frequent; Chinese characters never go on inside a word.
    expect(learned.slice(5, 9)).toEqual(["a", "b", "ж", "日"]);
    expect(learned).toContain("##ж");
    expect(learned).not.toContain("##日");
    expect(learned).not.toContain("c");
  });

  it("takes texts as they come and tells how far it is", async () => {
    async function* stream() {
      for (let i = 0; i < 200; i++) {
        yield `text ${i} ${"some words to count ".repeat(2000)}`;
      }
    }
    const seen: VocabularyProgress[] = [];
    await trainVocabulary(stream(), { size: 300, onProgress: (progress) => seen.push(progress) });
    const read = seen.flatMap((progress) => (progress.stage === "read" ? [progress.texts] : []));
    expect(read.length).toBeGreaterThan(0);
    expect(read).toEqual(read.toSorted((a, b) => a - b));
  });

  it("stops when it is told to", async () => {
    const control = new AbortController();
    function* stream() {
      yield "one text";
      control.abort("enough");
      yield "another";
    }
    const running = trainVocabulary(stream(), { size: 100, signal: control.signal });
    await expect(running).rejects.toMatchObject({ code: "ABORTED", cause: "enough" });
  });

  it.each([
    [["a b"], { size: 5 }, { code: "INVALID_OPTION", field: "size" }],
    [["a b c d"], { size: 8 }, { code: "INVALID_OPTION", field: "size" }],
    [["a"], { size: 100, minFrequency: 0 }, { code: "INVALID_OPTION", field: "minFrequency" }],
    [["a"], { size: 100, alphabetLimit: 1.5 }, { code: "INVALID_OPTION", field: "alphabetLimit" }],
    [[" ", ""], { size: 100 }, { code: "EMPTY_FILE" }],
  ])("refuses %j with %o", async (list, options, error) => {
    await expect(trainVocabulary(list, options)).rejects.toMatchObject(error);
  });
});
