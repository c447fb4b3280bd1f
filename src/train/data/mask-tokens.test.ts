import fc from "fast-check";
import { expect, it } from "vitest";
import { Random } from "../../numbers/random.js";
import { maskTokens } from "./mask-tokens.js";

const vocabulary = { maskId: 4, size: 1000, special: new Set([0, 1, 2, 3, 4]) };
const options = { share: 0.15, wholeWords: true };

it("masks 15 % of the tokens: 80 % by the mask, 10 % by a random token, 10 % not at all", () => {
  const ids = Int32Array.from({ length: 400 }, (_, i) => 100 + i);
  const words = Array.from({ length: 400 }, (_, i) => [i]);
  const became = { mask: 0, same: 0, other: 0 };
  for (let seed = 0; seed < 200; seed++) {
    const masked = maskTokens(ids, words, vocabulary, options, new Random(seed));
    expect(masked.positions).toHaveLength(60);
    for (const place of masked.positions) {
      if (masked.ids[place] === 4) became.mask++;
      else if (masked.ids[place] === ids[place]) became.same++;
      else became.other++;
    }
  }
  expect(became.mask / 12_000).toBeCloseTo(0.8, 1);
  expect(became.same / 12_000).toBeCloseTo(0.1, 1);
  expect(became.other / 12_000).toBeCloseTo(0.1, 1);
});

it("changes the chosen tokens alone, takes whole words, and remembers what stood there", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(sizes, fc.boolean(), fc.nat(), (lengths, wholeWords, seed) => {
      let place = 1;
      const words = lengths.map((length) => Array.from({ length }, () => place++));
      const ids = Int32Array.from({ length: place + 1 }, (_, i) => 10 + i);
      const masked = maskTokens(ids, words, vocabulary, { share: 0.15, wholeWords }, new Random(seed));
      const chosen = new Set(masked.positions);
      expect(chosen.size).toBeGreaterThan(0);
      expect(masked.positions).toEqual([...chosen].sort((a, b) => a - b));
      expect(masked.labels).toEqual(masked.positions.map((at) => ids[at]));
      masked.ids.forEach((id, at) => {
        if (!chosen.has(at)) expect(id).toBe(ids[at]);
        else expect(id === 4 || !vocabulary.special.has(id)).toBe(true);
      });
      // Special tokens at both ends stand in no word.
      expect(chosen.has(0) || chosen.has(place)).toBe(false);
      if (!wholeWords) return;
      for (const word of words)
        expect([0, word.length]).toContain(word.filter((at) => chosen.has(at)).length);
    }),
  );
});
