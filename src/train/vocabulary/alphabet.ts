import { isCjk } from "../../text/unicode/cjk.js";

/** What stands before a piece inside a word. */
export const PREFIX = "##";

/**
 * The characters that become pieces of their own, in the order of their code points: those that are
 * always `wanted`, and the most frequent of the others until there are `limit`. Of equally frequent ones
 * the smaller code point comes first.
 */
export function chooseAlphabet(
  words: ReadonlyMap<string, number>,
  wanted: Iterable<string>,
  limit: number,
): string[] {
  const counts = new Map<string, number>();
  for (const [word, count] of words) {
    for (const character of word) counts.set(character, (counts.get(character) ?? 0) + count);
  }
  const chosen = new Set(wanted);
  const others = [...counts.keys()].filter((character) => !chosen.has(character));
  others.sort((a, b) => counts.get(b)! - counts.get(a)! || codePoint(a) - codePoint(b));
  for (const character of others.slice(0, Math.max(0, limit - chosen.size))) chosen.add(character);
  return [...chosen].sort((a, b) => codePoint(a) - codePoint(b));
}

/**
 * The pieces of one character: each as the beginning of a word, then those that go on inside one. A
 * wanted character goes on even where no word of the texts shows it; Chinese ones stand alone always.
 */
export function characterPieces(
  words: ReadonlyMap<string, number>,
  alphabet: readonly string[],
  wanted: ReadonlySet<string>,
): string[] {
  const inside = new Set([...wanted].filter((character) => !isCjk(codePoint(character))));
  for (const word of words.keys()) {
    let first = true;
    for (const character of word) {
      if (!first) inside.add(character);
      first = false;
    }
  }
  return [
    ...alphabet,
    ...alphabet.filter((character) => inside.has(character)).map((character) => PREFIX + character),
  ];
}

function codePoint(character: string): number {
  return character.codePointAt(0) as number;
}
