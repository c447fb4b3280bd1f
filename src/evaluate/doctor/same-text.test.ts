import { describe, expect, it } from "vitest";
import { nearlySame, plainText, shingles } from "./same-text.js";

const plain = (text: string, title?: string) => plainText({ id: "d", text, title });
const near = (a: string, b: string) => nearlySame(shingles(plain(a)), shingles(plain(b)));
const words = (n: number) => Array.from({ length: n }, (_, i) => `word${i}`);

describe("plainText", () => {
  it("passes over case, punctuation, width and layout, and reads the title first", () => {
    expect(plain("The  Cat,\nsat!", "On:")).toBe("on the cat sat");
    expect(plain("ＡＢＣ　１２")).toBe("abc 12");
    expect(plain("!!!")).toBe("!!!");
  });
});

describe("nearlySame", () => {
  it("holds for a long text with one word changed", () => {
    const original = words(100);
    expect(near(original.join(" "), original.with(50, "other").join(" "))).toBe(true);
  });

  it("does not hold for a text of which a fifth was changed or left out", () => {
    const original = words(100);
    expect(near(original.join(" "), [...words(80), ..."abcdefghijklmnopqrst"].join(" "))).toBe(false);
    expect(near(original.join(" "), words(80).join(" "))).toBe(false);
  });

  it("compares short texts, and those without spaces, by characters", () => {
    expect(near("how to boil an egg", "how to boil an eel")).toBe(false);
    expect(near("東京は日本の首都です。", "東京は日本の首都です")).toBe(true);
    expect(near("a", "b")).toBe(false);
  });
});
