import { expect, it } from "vitest";
import { Lexicon } from "./lexicon.js";
import { NumberMap } from "./number-map.js";

const pieces = ["[UNK]", "pull", "##ing", "##s", "puls", "中", "pulls", "##", "[SEP]"];
const lexicon = new Lexicon({ pieces, specialIds: new Set([8]), unknownId: 0 });
const word = (...ids: number[]) => lexicon.word(Int32Array.from(ids), 0, ids.length);

it("numbers words and their stems", () => {
  expect(word(1, 2)).toBe(word(1, 2));
  expect(new Set([word(1), word(1, 2), word(1, 3), word(5), word(1, 3, 2)]).size).toBe(5);
  expect(lexicon.stem(word(1, 2))).toBe(lexicon.stem(word(1)));
  expect(lexicon.stem(word(6))).toBe(lexicon.stem(word(1, 3)));
  expect(lexicon.stem(word(5))).not.toBe(lexicon.stem(word(1)));
});

it("knows no word with an unknown part", () => {
  expect(word(0)).toBe(-1);
  expect(lexicon.stem(-1)).toBe(-1);
});

it("tells what begins a word, goes on with one, and is none", () => {
  expect([...lexicon.kinds]).toEqual([0, 0, 1, 1, 0, 0, 0, 2, 2]);
});

it("forgets words where there are very many, and numbers them anew", () => {
  const crowded = new Lexicon({ pieces, specialIds: new Set(), unknownId: 0 });
  const first = crowded.word(Int32Array.of(1, 2), 0, 2);
  crowded.tidy();
  expect(crowded.word(Int32Array.of(1, 2), 0, 2)).toBe(first);
  // 2^17 words of 18 pieces, and as many beginnings of them.
  for (let bits = 0; bits < 2 ** 17; bits++) {
    const ids = Int32Array.from({ length: 18 }, (_, i) => (i === 0 ? 4 : 2 + ((bits >> (i - 1)) & 1)));
    crowded.word(ids, 0, 18);
  }
  crowded.tidy();
  expect(crowded.word(Int32Array.of(5), 0, 1)).toBe(0);
  expect(crowded.stem(crowded.word(Int32Array.of(1, 2), 0, 2))).toBe(
    crowded.stem(crowded.word(Int32Array.of(1), 0, 1)),
  );
});

it("a number map forgets everything at once", () => {
  const map = new NumberMap();
  map.set(3, 7);
  map.set(5000, 1);
  expect([map.get(3), map.get(5000), map.get(4), map.get(90_000)]).toEqual([7, 1, -1, -1]);
  map.clear();
  expect([map.get(3), map.has(5000)]).toEqual([-1, false]);
});
