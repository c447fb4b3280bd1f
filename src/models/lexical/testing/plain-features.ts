import { stemmer } from "stemmer";
import type { TokenSequence } from "../../pack.js";

interface PlainWord {
  readonly tokens: readonly number[];
  /** Undefined for a word with an unknown part. */
  readonly text: string | undefined;
  readonly stem: string | undefined;
  readonly rarity: number;
}

/**
 * The lexical features as they are documented, written once more with strings and lists, to compare with.
 *
 * @returns matches, places and slots
 */
export function plainFeatures(
  { ids, typeIds }: TokenSequence,
  pieces: readonly string[],
  rarity: readonly number[],
): [number[], number[], number[]] {
  const unknown = pieces.indexOf("[UNK]");
  const isSpecial = (token: number) => ["[PAD]", "[CLS]", "[SEP]", "[MASK]"].includes(pieces[ids[token]!]!);
  const sides: [PlainWord[], PlainWord[]] = [[], []];
  const tokens = [...ids.keys()];
  for (const side of [0, 1] as const) {
    const groups: number[][] = [];
    for (const token of tokens) {
      if (isSpecial(token) || typeIds[token] !== side) continue;
      const last = groups.at(-1);
      if (last?.at(-1) === token - 1 && /^##./.test(pieces[ids[token]!]!)) last.push(token);
      else groups.push([token]);
    }
    for (const group of groups) {
      const spelled = group.map((token) => pieces[ids[token]!]!);
      const text = spelled.includes("[UNK]")
        ? undefined
        : spelled[0]! +
          spelled
            .slice(1)
            .map((piece) => piece.slice(2))
            .join("");
      sides[side].push({
        tokens: group,
        text,
        stem: text !== undefined && /^[a-z]{3,32}$/.test(text) ? stemmer(text) : text,
        rarity: rarity[group.length === 1 ? ids[group[0]!]! : unknown]!,
      });
    }
  }
  const [query, document] = sides;
  const stems = [...new Set(query.map(({ stem }) => stem).filter((stem) => stem !== undefined))];
  const count = (stem: string | undefined) =>
    stem === undefined ? 0 : document.filter((word) => word.stem === stem).length;
  const pairs = (words: readonly PlainWord[]) =>
    words.slice(1).map(({ stem }, i) => {
      const before = words[i]!.stem;
      const both =
        stem !== undefined && before !== undefined && stems.includes(stem) && stems.includes(before);
      return both ? `${before} ${stem}` : undefined;
    });

  const matches = tokens.map(() => 0);
  const places = tokens.map(() => 0);
  const slots = tokens.map(() => 0);
  sides.forEach((words, side) => {
    const others = sides[1 - side]!;
    const otherPieces = new Set(
      others
        .filter(({ text }) => text !== undefined)
        .flatMap((word) => word.tokens.map((token) => ids[token])),
    );
    const own = pairs(words);
    const given = new Set(pairs(others).filter((pair) => pair !== undefined));
    words.forEach(({ tokens: group, text, stem, rarity: level }, i) => {
      const inPhrase = [own[i - 1], own[i]].some((pair) => pair !== undefined && given.has(pair));
      for (const token of group) {
        let [match, shown] = [0, level];
        if (text !== undefined && others.some((other) => other.text === text)) match = 3;
        else if (stem !== undefined && others.some((other) => other.stem === stem)) match = 2;
        else if (otherPieces.has(ids[token]!)) [match, shown] = [1, rarity[ids[token]!]!];
        matches[token] = 1 + (4 * side + match) * 16 + shown;
        const times = [1, 2, 3, 5, 9].filter((least) => count(stem) >= least).length;
        places[token] = side === 0 ? 1 + 2 * times + Number(inPhrase) : 13 + Number(inPhrase);
        const slot = stems.indexOf(stem ?? "") + 1;
        slots[token] = slot < 32 ? slot : 0;
      }
    });
  });

  const weights = new Map<string | number, [weight: number, count: number]>();
  query.forEach(({ stem, rarity: level }, i) => {
    if (!weights.has(stem ?? i)) weights.set(stem ?? i, [level + 0.5, count(stem)]);
  });
  const share = (value: (count: number) => number) => {
    const all = [...weights.values()];
    const sum = all.reduce((total, [weight]) => total + weight, 0);
    return sum === 0 ? 0 : all.reduce((total, [weight, times]) => total + weight * value(times), 0) / sum;
  };
  const asked = new Set(pairs(query).filter((pair) => pair !== undefined));
  const found = [...asked].filter((pair) => pairs(document).includes(pair)).length;
  const lengths = [2, 3, 4, 6, 8, 11, 16, 23, 32, 45, 64, 91, 128, 181, 256];
  for (const token of tokens.filter(isSpecial)) {
    if (token === 0) {
      const norm = 0.9 * (0.6 + (0.4 * document.length) / 100);
      matches[token] = 129 + Math.round(15 * share((times) => times / (times + norm)));
      places[token] = 15 + Math.round(15 * share((times) => Math.min(1, times)));
    } else if (typeIds[token] === 0) {
      places[token] = 31 + Math.round(7 * (asked.size === 0 ? 0 : found / asked.size));
    } else {
      places[token] = 39 + lengths.filter((least) => document.length >= least).length;
    }
  }
  return [matches, places, slots];
}
