import fc from "fast-check";
import { expect, it } from "vitest";
import { passages } from "./passages.js";

it("splits a text into overlapping passages that start at words", () => {
  const text = "one two three four five six seven eight nine ten";
  expect(passages(text, 0.5)).toEqual(["one two three four five ", "six seven eight nine ", "ten"]);
});

it("leaves a text whole that was read whole", () => {
  expect(passages("all of it", 1)).toEqual(["all of it"]);
  expect(passages("", 1)).toEqual([""]);
});

it("covers every word of texts that eight passages can hold", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(words, fc.double({ min: 0.25, max: 1, noNaN: true }), (words, share) => {
      const found = passages(words.join(" "), share);
      expect(found.length).toBeLessThanOrEqual(8);
      expect(found[0]?.length).toBeGreaterThanOrEqual(Math.floor(words.join(" ").length * share));
      expect(found.at(-1)?.endsWith(words.at(-1)!.slice(-1))).toBe(true);
    }),
  );
});
