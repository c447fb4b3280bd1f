import { stemmer } from "stemmer";
import type { TokenSequence } from "../../pack.js";

interface PlainWord {
  readonly tokens: readonly number[];
  /** Undefined for a word with an unknown part. */
  readonly text: string | undefined;
  readonly stem: string | undefined;
  readonly rarity: number;
}

/** Of a pair: per token, and of the pair as a whole. */
export interface PlainFeatures {
  readonly matches: readonly number[];
  readonly places: readonly number[];
  readonly pairs: readonly number[];
}

/** The lexical features as they are documented, written once more with strings and lists, to compare with. */
export function plainFeatures(
  { ids, typeIds }: TokenSequence,
  pieces: readonly string[],
  rarity: readonly number[],
): PlainFeatures {
  const unknown = pieces.indexOf("[UNK]");
  const isWord = (token: number) => {
    const piece = pieces[ids[token]!]!;
    return !["[PAD]", "[CLS]", "[SEP]", "[MASK]"].includes(piece) && /[\p{L}\p{N}]|^##./u.test(piece);
  };
  const sides: [PlainWord[], PlainWord[]] = [[], []];
  const tokens = [...ids.keys()];
  for (const side of [0, 1] as const) {
    const groups: number[][] = [];
    for (const token of tokens) {
      if (!isWord(token) || typeIds[token] !== side) continue;
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
  const neighbours = (words: readonly PlainWord[]) =>
    words.slice(1).map(({ stem }, i) => {
      const before = words[i]!.stem;
      const both =
        stem !== undefined && before !== undefined && stems.includes(stem) && stems.includes(before);
      return both ? `${before} ${stem}` : undefined;
    });

  const matches = tokens.map(() => 0);
  const places = tokens.map(() => 0);
  sides.forEach((words, side) => {
    const others = sides[1 - side]!;
    const otherPieces = new Set(
      others
        .filter(({ text }) => text !== undefined)
        .flatMap((word) => word.tokens.map((token) => ids[token])),
    );
    const own = neighbours(words);
    const given = new Set(neighbours(others).filter((pair) => pair !== undefined));
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
      }
    });
  });

  const pairs = pairFeatures(query, document, neighbours(query), neighbours(document));
  return { matches, places, pairs };
}

function pairFeatures(
  query: readonly PlainWord[],
  document: readonly PlainWord[],
  queryPairs: readonly (string | undefined)[],
  documentPairs: readonly (string | undefined)[],
): number[] {
  // Unknown words are terms each by themselves.
  const keyed = query.map((word, i) => ({ ...word, key: word.stem ?? i }));
  const terms = [...new Set(keyed.map(({ key }) => key))].map((key) => {
    const own = keyed.filter((word) => word.key === key);
    const there = document.filter(({ stem }) => stem !== undefined && stem === key);
    const forms = new Set(own.map(({ text }) => text));
    return {
      key,
      weight: own[0]!.rarity + 0.5,
      asked: own.length,
      count: there.length,
      exact: there.some(({ text }) => forms.has(text)),
    };
  });
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const over = (part: number, all: number) => (all === 0 ? 0 : part / all);
  const all = total(terms.map(({ weight, asked }) => weight * asked));
  const found = terms.filter(({ count }) => count > 0);
  const missing = terms.filter(({ count, key }) => count === 0 && typeof key === "string");
  const share = (some: typeof terms) => over(total(some.map(({ weight, asked }) => weight * asked)), all);
  const bm25 = (k1: number, b: number) =>
    over(
      total(
        found.map(
          ({ weight, asked, count }) =>
            (weight * asked * count) / (count + k1 * (1 - b + (b * document.length) / 100)),
        ),
      ),
      all,
    );
  const within = (words: readonly PlainWord[]) =>
    share(terms.filter(({ key }) => words.some(({ stem }) => stem === key)));
  const window = (size: number) =>
    Math.max(0, ...document.map((_, i) => within(document.slice(i, i + size))));
  const shared = queryPairs.map((pair) => pair !== undefined && documentPairs.includes(pair));
  const pairWeights = shared.map((_, i) => query[i]!.rarity + query[i + 1]!.rarity + 1);
  const runs = shared
    .map(Number)
    .join("")
    .split("0")
    .map(({ length }) => length);
  const squares = (some: typeof terms) => total(some.map(({ weight }) => weight ** 2));
  const rarest = (some: typeof terms) => Math.max(0, ...some.map(({ weight }) => weight));
  const hits = document.map(({ stem }) => terms.some(({ key }) => key === stem));
  const begins = (text: string) =>
    document.some((word) => word.text !== undefined && word.text.length >= 4 && word.text.startsWith(text));
  const alike = keyed.filter(
    ({ key, text }) =>
      missing.some((term) => term.key === key) && text!.length >= 4 && begins(text!.slice(0, 4)),
  );
  return [
    bm25(0.9, 0.4),
    bm25(1.2, 0.75),
    share(found),
    share(terms.filter(({ exact }) => exact)),
    over(found.length, terms.length),
    over(squares(found), squares(terms)),
    over(rarest(found), rarest(terms)),
    window(15),
    window(40),
    within(document.slice(0, 30)),
    over(total(pairWeights.filter((_, i) => shared[i])), total(pairWeights)),
    over(Math.max(...runs), shared.length),
    over(hits.filter(Boolean).length, document.length),
    Math.log2(1 + document.length) / 8,
    Math.log2(1 + query.length) / 8,
    Math.log2(1 + all) / 8,
    rarest(terms.filter(({ count }) => count === 0)) / 16,
    over(total(alike.map(({ key }) => terms.find((term) => term.key === key)!.weight)), all),
    hits.includes(true) ? 10 / (10 + hits.indexOf(true)) : 0,
    Math.max(0, ...terms.map(({ weight, count }) => weight * Math.log2(1 + count))) / 64,
  ];
}
