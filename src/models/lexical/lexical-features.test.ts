import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildTokenizer, PairEncoder } from "../../text/index.js";
import { packSequences } from "../pack.js";
import { MATCH, MATCH_ROWS, PLACE_ROWS } from "./layout.js";
import { LexicalFeatures } from "./lexical-features.js";
import { piecesOf } from "./read-pieces.js";
import { plainFeatures } from "./testing/plain-features.js";
import { TINY_RARITY, TINY_TOKENIZER } from "./testing/tiny-vocabulary.js";

const pieces = piecesOf(TINY_TOKENIZER);
const features = new LexicalFeatures(pieces, TINY_RARITY);
const encoder = new PairEncoder(buildTokenizer({ tokenizer: TINY_TOKENIZER }), { maxTokens: 100 });
const encode = (query: string, text: string) =>
  encoder.encodeDocument(encoder.encodeQuery(query), { text }).sequences[0]!;

/** The three features of each token, beside its piece. */
function featuresOf(query: string, text: string) {
  const sequence = encode(query, text);
  const [matches, places, slots] = [0, 1, 2].map(() => new Int32Array(sequence.ids.length));
  features.write(sequence, [matches!, places!, slots!], 0);
  return [...sequence.ids].map((id, i) => ({
    piece: pieces.pieces[id],
    match: matches![i]!,
    place: places![i]!,
    slot: slots![i]!,
  }));
}

/** How each token of a pair matches: the name in MATCH, or "-" for special tokens. */
function matchNames(query: string, text: string): string {
  return featuresOf(query, text)
    .map(({ match }) => (match === 0 || match >= MATCH_ROWS.pair(0) ? "-" : Math.floor((match - 1) / 16) % 4))
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
    expect([apart[3], together[3]]).toEqual([PLACE_ROWS.phrases(0), PLACE_ROWS.phrases(1)]);
  });

  it("tells at the first token how much of the query is found, and at the last how long the document is", () => {
    const places = placesOf("iron cat", "iron iron iron");
    // Levels 6 and 4, and half a level each.
    expect(places[0]).toBe(PLACE_ROWS.coverage(6.5 / 11));
    expect(places.at(-1)).toBe(PLACE_ROWS.length(3));
    expect(placesOf("12", "12")[0]).toBe(PLACE_ROWS.coverage(0));
  });

  it("numbers the query's different words, and finds them again in the document", () => {
    const slots = featuresOf("iron cat iron river", "the river cats").map(({ slot }) => slot);
    // "cats" takes the pieces cat and ##s.
    expect(slots).toEqual([0, 1, 2, 1, 3, 0, 0, 3, 2, 2, 0]);
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
        const found = featuresOf(query, document);
        const [matches, places, slots] = plainFeatures(sequence, pieces.pieces, TINY_RARITY);
        expect(found.map(({ match }) => match)).toEqual(matches);
        expect(found.map(({ place }) => place)).toEqual(places);
        expect(found.map(({ slot }) => slot)).toEqual(slots);
      }),
      { numRuns: 300 },
    );
  });

  it("matches from either side: what the query finds is found by the document", () => {
    fc.assert(
      fc.property(text, text, (query, document) => {
        const there = matchNames(query, document).split(" - ");
        const back = matchNames(document, query).split(" - ");
        // Truncation is not symmetrical, and pairs here are short enough to need none.
        fc.pre(encode(query, document).ids.length < 100);
        expect(there.map((side) => side.replaceAll("- ", "").replaceAll(" -", ""))).toEqual(
          back.map((side) => side.replaceAll("- ", "").replaceAll(" -", "")).reverse(),
        );
      }),
    );
  });

  it("gives special tokens no match and no slot", () => {
    fc.assert(
      fc.property(text, text, (query, document) => {
        const found = featuresOf(query, document).filter(({ piece }) => /^\[(CLS|SEP)\]$/.test(piece!));
        expect(found).toHaveLength(3);
        expect(found.every(({ slot }) => slot === 0)).toBe(true);
        expect(found.slice(1).every(({ match }) => match === 0)).toBe(true);
      }),
    );
  });

  it("writes into a batch what it writes alone", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }), (pairs) => {
        const sequences = pairs.map(([query, document]) => encode(query, document));
        const together = packSequences(sequences, 2, features);
        const alone = sequences.map((sequence) => packSequences([sequence], 2, features));
        for (const name of features.names) {
          expect([...together[name]!.data]).toEqual(alone.flatMap((feeds) => [...feeds[name]!.data]));
        }
      }),
    );
  });
});
