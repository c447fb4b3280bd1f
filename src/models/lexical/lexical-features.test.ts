import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTokenizer, PairEncoder } from "../../text/index.js";
import { packSequences } from "../pack.js";
import { MATCH, MATCH_ROWS, PLACE_ROWS } from "./layout.js";
import { LexicalFeatures } from "./lexical-features.js";
import { PAIR_FEATURES } from "./pair-features.js";
import { piecesOf } from "./read-pieces.js";
import { plainFeatures } from "./testing/plain-features.js";
import { TINY_RARITY, TINY_TOKENIZER } from "./testing/tiny-vocabulary.js";

const pieces = piecesOf(TINY_TOKENIZER);
const features = new LexicalFeatures(pieces, TINY_RARITY);
const encoder = new PairEncoder(buildTokenizer({ tokenizer: TINY_TOKENIZER }), { maxTokens: 100 });
const encode = (query: string, text: string) =>
  encoder.encodeDocument(encoder.encodeQuery(query), { text }).sequences[0]!;

/** The features of each token, beside its piece, and those of the pair. */
function write(query: string, text: string) {
  const sequence = encode(query, text);
  const [matches, places] = [0, 1].map(() => new Int32Array(sequence.ids.length)) as [Int32Array, Int32Array];
  const values = new Float32Array(PAIR_FEATURES.length);
  features.write(sequence, [matches, places], values);
  const tokens = [...sequence.ids].map((id, i) => ({
    piece: pieces.pieces[id],
    match: matches[i]!,
    place: places[i]!,
  }));
  const pair = Object.fromEntries(PAIR_FEATURES.map((name, i) => [name, values[i]!]));
  return { tokens, pair: pair as Record<(typeof PAIR_FEATURES)[number], number> };
}

const featuresOf = (query: string, text: string) => write(query, text).tokens;
const pairOf = (query: string, text: string) => write(query, text).pair;

/** How each token of a pair matches: the name in MATCH, or "-" for what is no word. */
function matchNames(query: string, text: string): string {
  return featuresOf(query, text)
    .map(({ match }) => (match === 0 ? "-" : Math.floor((match - 1) / 16) % 4))
    .map((kind) => Object.keys(MATCH)[kind as number] ?? kind)
    .join(" ");
}

describe("how a token matches", () => {
  it.each([
    ["iron", "iron river", "- word - word none -"],
    ["pulling", "pull", "- stem - stem -"],
    ["magnets pull", "magnets pull", "- word word - word word -"],
    // "underground" is under + ##ground, "under" a word of its own.
    ["underground", "under", "- piece none - piece -"],
    ["dog", "got", "- none piece none - none piece none -"],
    ["cat", "dog", "- none - none none none -"],
    ["12", "12", "- none - none -"],
    ["中", "東中", "- word - none word -"],
    ["", "iron", "- - none -"],
    ["iron", "", "- none - -"],
    ["iron?", "iron, river.", "- word - - word - none - -"],
  ])("%j in %j: %s", (query, text, expected) => {
    expect(matchNames(query, text)).toBe(expected);
  });

  it("does not depend on case or accents, which the tokenizer drops", () => {
    expect(featuresOf("IRÓN magnet", "The Iron MAGNÉT")).toEqual(
      featuresOf("iron magnet", "the iron magnet"),
    );
  });

  it("knows how rare a word is; words of several pieces are all alike", () => {
    const [, the, magnet, dog] = featuresOf("the magnet dog", "");
    expect(the!.match).toBe(MATCH_ROWS.query(MATCH.none, 4));
    expect(magnet!.match).toBe(MATCH_ROWS.query(MATCH.none, 10));
    expect(dog!.match).toBe(MATCH_ROWS.query(MATCH.none, 13));
  });
});

describe("where a token stands", () => {
  const placesOf = (query: string, text: string) => featuresOf(query, text).map(({ place }) => place);

  it("counts query words in the document, under any ending", () => {
    const [, magnet, river] = placesOf("magnet river", "magnets, magnet, magnets");
    expect(magnet).toBe(PLACE_ROWS.query(3, false));
    expect(river).toBe(PLACE_ROWS.query(0, false));
  });

  it("sees neighbours that are neighbours on the other side", () => {
    const apart = placesOf("iron magnet", "magnet iron");
    const together = placesOf("iron magnet", "a iron magnets");
    expect(apart.slice(1, 3)).toEqual([PLACE_ROWS.query(1, false), PLACE_ROWS.query(1, false)]);
    expect(together.slice(1, 3)).toEqual([PLACE_ROWS.query(1, true), PLACE_ROWS.query(1, true)]);
    expect(together.slice(4, 7)).toEqual([false, true, true].map(PLACE_ROWS.document));
  });
});

describe("what is known of a pair", () => {
  it("is how much of the query stands in the document, weighted by rarity", () => {
    // Levels 6 and 4, and half a level each.
    expect(pairOf("iron cat", "iron iron iron").coverage).toBeCloseTo(6.5 / 11);
    expect(pairOf("iron cat", "iron iron iron").plainCoverage).toBe(0.5);
    expect(pairOf("magnet", "magnets")).toMatchObject({ coverage: 1, exactCoverage: 0 });
    expect(pairOf("12", "12").coverage).toBe(0);
  });

  it("is higher for neighbours, and for words that stand close together and early", () => {
    const far = `${"a ".repeat(20)} iron ${"a ".repeat(20)} cat`;
    const near = `iron cat ${"a ".repeat(40)}`;
    const [there, here] = [pairOf("iron cat", far), pairOf("iron cat", near)];
    expect(here).toMatchObject({ window15: 1, lead: 1, neighbours: 1, longestRun: 1, early: 1 });
    expect(there).toMatchObject({ window40: 1, neighbours: 0, longestRun: 0 });
    expect(there.window15).toBeCloseTo(6.5 / 11);
    expect(there.early).toBeCloseTo(10 / 30);
    expect(here.coverage).toBe(there.coverage);
  });

  it("sees words that begin alike, where one is missing", () => {
    expect(pairOf("magnolia", "magnet").sameBeginning).toBe(1);
    expect(pairOf("magnet", "magnet").sameBeginning).toBe(0);
  });
});

const words = fc.constantFrom(
  ..."iron magnet magnets pull pulling the a under underground cat cats dog 中 東京 12 é ? [SEP] x zz".split(
    " ",
  ),
);
const text = fc.array(words, { maxLength: 30 }).map((list) => list.join(" "));

describe("for any pair", () => {
  it("agrees with the features written down plainly", () => {
    fc.assert(
      fc.property(text, text, (query, document) => {
        const sequence = encode(query, document);
        const found = write(query, document);
        const plain = plainFeatures(sequence, pieces.pieces, TINY_RARITY);
        expect(found.tokens.map(({ match }) => match)).toEqual(plain.matches);
        expect(found.tokens.map(({ place }) => place)).toEqual(plain.places);
        PAIR_FEATURES.forEach((name, i) => {
          expect(found.pair[name], name).toBeCloseTo(plain.pairs[i]!, 6);
        });
      }),
      { numRuns: 300 },
    );
  });

  it("matches from either side: what the query finds is found by the document", () => {
    fc.assert(
      fc.property(text, text, (query, document) => {
        // Truncation is not symmetrical, and pairs here are short enough to need none.
        fc.pre(encode(query, document).ids.length < 100);
        const sides = (one: string, other: string) => {
          const names = matchNames(one, other).split(" ");
          const { typeIds } = encode(one, other);
          return [0, 1].map((side) => names.filter((name, i) => name !== "-" && typeIds[i] === side));
        };
        expect(sides(query, document)).toEqual(sides(document, query).reverse());
      }),
    );
  });

  it("gives special tokens neither match nor place", () => {
    fc.assert(
      fc.property(text, text, (query, document) => {
        const found = featuresOf(query, document).filter(({ piece }) => /^\[(CLS|SEP)\]$/.test(piece!));
        expect(found).toHaveLength(3);
        expect(found.every(({ match, place }) => match === 0 && place === 0)).toBe(true);
      }),
    );
  });

  it("writes into a batch what it writes alone", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }), (pairs) => {
        const sequences = pairs.map(([query, document]) => encode(query, document));
        const together = packSequences(sequences, 2, features);
        const alone = sequences.map((sequence) => packSequences([sequence], 2, features));
        for (const name of [...features.names.tokens, features.names.sequences.name]) {
          expect([...together[name]!.data]).toEqual(alone.flatMap((feeds) => [...feeds[name]!.data]));
        }
      }),
    );
  });
});
