import { describe, expect, it } from "vitest";
import { COMMON_STEMS } from "./common-words.js";
import { rarity } from "./rarity.js";
import { WordReader } from "./words.js";

describe("rarity", () => {
  it("rises from function words over common words to rare ones", () => {
    const [the, not, problem, sigmet] = ["the", "not", "problem", "sigmet"].map(rarity);
    expect(the).toBeLessThan(not!);
    expect(not).toBeLessThan(problem!);
    expect(problem).toBeLessThan(sigmet!);
    expect(the).toBeGreaterThan(0);
  });

  it("takes short unknown words for function words of another language", () => {
    expect(rarity("der")).toBeLessThan(rarity("donau"));
    expect(rarity("暂")).toBeLessThan(rarity("暂停"));
  });
});

describe("COMMON_STEMS", () => {
  it("holds a thousand distinct stems as the reader gives them", () => {
    const stems = COMMON_STEMS.split(" ");
    expect(new Set(stems).size).toBe(1000);
    const words = new WordReader(COMMON_STEMS);
    for (const _ of stems) words.next();
    expect(words.position).toBe(999);
    expect(words.next()).toBe(false);
  });
});
