import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { type AnalyzerOptions, analyzer } from "./build-analyzer.js";
import { LANGUAGE_NAMES, type LanguageName } from "./languages.js";

const loaded = () => Object.keys(createRequire(import.meta.url).cache).join();

describe("analyzer", () => {
  it("loads no language libraries for English", () => {
    expect(analyzer().analyze("The engine's running")).toEqual(["engin", "run"]);
    expect(loaded()).not.toMatch(/snowball|stopword/);
    analyzer("german").analyze("Häuser");
    expect(loaded()).toMatch(/snowball-stemmers.*stopword|stopword.*snowball-stemmers/);
  });

  it.each<[LanguageName, string, string[]]>([
    ["english", "The dogs’ owners weren't in the U.S.", ["dog", "owner", "weren't", "u."]],
    ["standard", "The Dogs’ owners İI ΑΣ ας", ["the", "dogs", "owners", "ii", "ας", "ας"]],
    ["whitespace", " The Dogs’  owners, ", ["The", "Dogs’", "owners,"]],
    ["german", "Die Häuser und das Haus", ["haus", "haus"]],
    ["spanish", "Las canciones de la canción", ["cancion", "cancion"]],
    ["french", "L'eau qu’il boit et les eaux", ["eau", "boit", "eau"]],
    ["italian", "Dell'amico e degli amici", ["amic", "amic"]],
    ["catalan", "L'aigua d'estiu", ["aigu", "est"]],
    ["portuguese", "As nações e a nação", ["naçõ", "naçã"]],
    ["dutch", "De huizen en het huis", ["huiz", "huis"]],
    ["russian", "Ёлки и ёлка", ["елк", "елк"]],
    ["swedish", "Flickorna och flickor", ["flick", "flick"]],
    ["danish", "Husene og huset", ["hus", "hus"]],
    ["norwegian", "Husene og huset", ["hus", "hus"]],
    ["finnish", "Talossa ja talosta", ["talo", "talo"]],
    ["hungarian", "A házban és a háznak", ["ház", "ház"]],
    ["romanian", "Poveștile și poveste", ["poveşt", "povest"]],
    ["turkish", "İstanbul'da ISI kitaplar kitap", ["istanbul", "ıs", "kitap", "kitap"]],
    ["arabic", "الكتاب كتاب", ["كتاب", "كتاب"]],
    ["hindi", "लड़कियों के लड़के हिन्दी हिंदी", ["लडक", "लडक", "हिंद", "हिंद"]],
    ["cjk", "東京タワー、the 한국 ＡＢ 字", ["東京", "京タ", "タワ", "ワー", "한국", "ab", "字"]],
  ])("%s", (name, text, terms) => {
    expect(analyzer(name).analyze(text)).toEqual(terms);
  });

  it.each(LANGUAGE_NAMES)("%s has terms for any text and names itself", (name) => {
    expect(analyzer(name).analyze("Rankwright 2024")).toHaveLength(2);
    expect(analyzer(name).analyze(" ")).toEqual([]);
    expect(analyzer(name).id).toBe(name);
  });

  it.each<[AnalyzerOptions, string[]]>([
    [{ language: "english", stem: false }, ["cats", "mat"]],
    [{ language: "english", stopWords: "none" }, ["the", "cat", "on", "the", "mat"]],
    [{ language: "english", stem: false, stopWords: "none" }, ["the", "cats", "on", "the", "mat"]],
    [{ language: "english", stopWords: ["CATS", "on"] }, ["the", "the", "mat"]],
    [{ language: "standard", stopWords: ["the"] }, ["cats", "on", "mat"]],
  ])("%j", (options, terms) => {
    expect(analyzer(options).analyze("The cats on the mat")).toEqual(terms);
  });

  it("has an id of its own for each way of analysing", () => {
    const language = "english";
    const ids = [
      analyzer(language),
      analyzer({ language, stem: false }),
      analyzer({ language, stopWords: "none" }),
      analyzer({ language, stopWords: ["a"] }),
      analyzer({ language, stopWords: ["b"] }),
    ].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(analyzer({ language, stem: true, stopWords: "default" }).id).toBe(analyzer().id);
  });

  it("forgets words it has seen too many of, and stays right", () => {
    const standard = analyzer("standard");
    const many = Array.from({ length: 120_000 }, (_, index) => `W${index}`);
    expect(standard.analyze(many.join(" "))).toEqual(many.map((word) => word.toLowerCase()));
  });

  it("refuses what it does not know", () => {
    const made = (options: object) => () => analyzer(options as AnalyzerOptions);
    expect(() => analyzer("klingon" as LanguageName)).toThrow(/no analyser "klingon"; use one of english/);
    expect(() => analyzer("toString" as LanguageName)).toThrow(/no analyser/);
    expect(made({ language: "english", stem: "no" })).toThrow(
      'analyzer.stem must be true or false, and is "no"',
    );
    expect(made({ language: "english", stopWords: "some" })).toThrow("analyzer.stopWords must be");
    expect(made({ language: "english", stopWords: [1] })).toThrow("analyzer.stopWords must be");
  });
});
