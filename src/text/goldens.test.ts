import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildTokenizer } from "./build-tokenizer.js";
import { PairEncoder } from "./pair-encoder.js";

interface Cases {
  readonly texts: readonly string[];
  /** How many of the texts, from the first on, are plain sentences whose offsets are known too. */
  readonly sentences: number;
  readonly pairs: readonly [query: string, document: string][];
  readonly variants: Readonly<Record<string, { readonly base: string; readonly patch: object }>>;
}

type Rows = readonly (readonly number[])[];
type PairRow = readonly [
  pair: number,
  truncation: "only_second" | "longest_first",
  maxTokens: number,
  result: readonly [ids: readonly number[], types: readonly number[]] | null,
];

const folder = join(import.meta.dirname, "../../goldens/tokenizers");
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const cases: Cases = read("cases.json");
const variants: { readonly texts: readonly string[]; readonly ids: Readonly<Record<string, Rows>> } =
  read("variants.json");

describe.each(["wordpiece", "wordpiece-cased", "bpe", "unigram"])("%s and the Rust reference", (kind) => {
  const tokenizer = buildTokenizer({ tokenizer: read(`${kind}/tokenizer.json`) });
  const expected: { readonly ids: Rows; readonly offsets: Rows; readonly pairs: readonly PairRow[] } = read(
    `${kind}/expected.json`,
  );

  it("agree on the ids of every text", () => {
    expect(cases.texts.length).toBeGreaterThan(500);
    const different = cases.texts.filter(
      (text, i) => tokenizer.encode(text).ids.join() !== expected.ids[i]?.join(),
    );
    expect(different).toEqual([]);
  });

  it("agree on where tokens are: inside the word that we say", () => {
    for (let i = 0; i < cases.sentences; i++) {
      const text = cases.texts[i] ?? "";
      const { starts, ends, total } = tokenizer.encode(text);
      const offsets = expected.offsets[i] ?? [];
      expect(total).toBe(offsets.length / 2);
      for (let token = 0; token < total; token++) {
        const piece = text.slice(offsets[2 * token], offsets[2 * token + 1]);
        // Some of the reference's tokens include the space before them, or are nothing but it.
        const start = (offsets[2 * token] ?? 0) + piece.length - piece.trimStart().length;
        const where = `${text} [${token}]`;
        expect(starts[token], where).toBeLessThanOrEqual(start);
        expect(ends[token], where).toBeGreaterThanOrEqual(offsets[2 * token + 1] ?? 0);
        expect(text.slice(starts[token], ends[token]), where).not.toMatch(/\s/);
      }
    }
  });

  it("agree on pairs under both truncation rules", () => {
    const rows = expected.pairs.filter(([, , , result]) => result !== null);
    expect(rows.length).toBeGreaterThan(60);
    for (const [pair, truncation, maxTokens, result] of rows) {
      const [query, text] = cases.pairs[pair] ?? ["", ""];
      const options = { maxTokens, truncation };
      const { room } = new PairEncoder(tokenizer, options).settings;
      // The reference never cuts the query under `only_second`, not even to leave room for the document.
      if (text === "" && result?.[0].length === maxTokens) continue;
      const cap = truncation === "only_second" ? { maxQueryTokens: room - 1 } : {};
      const encoder = new PairEncoder(tokenizer, { ...options, ...cap });
      const { sequences } = encoder.encodeDocument(encoder.encodeQuery(query), { text });
      expect([[...(sequences[0]?.ids ?? [])], [...(sequences[0]?.typeIds ?? [])]]).toEqual(result);
    }
  });
});

describe.each(Object.keys(cases.variants))("variant %s and the Rust reference", (name) => {
  const { base, patch } = cases.variants[name] ?? { base: "", patch: {} };
  const definition = read(`${base}/tokenizer.json`);
  const charsmap: unknown = definition.normalizer?.precompiled_charsmap;
  const patched = JSON.parse(JSON.stringify(patch), (key, value) =>
    key === "precompiled_charsmap" ? charsmap : value,
  );
  const tokenizer = buildTokenizer({ tokenizer: { ...definition, ...patched } });

  it("agree on the ids of every text", () => {
    expect(variants.texts.length).toBeGreaterThan(150);
    const different = variants.texts.filter(
      (text, i) => tokenizer.encode(text).ids.join() !== variants.ids[name]?.[i]?.join(),
    );
    expect(different).toEqual([]);
  });
});
