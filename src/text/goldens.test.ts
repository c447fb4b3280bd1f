import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildTokenizer } from "./build-tokenizer.js";

const folder = join(import.meta.dirname, "../../goldens/tokenizers");
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const cases = read("cases.json");
const variants = read("variants.json");
const kinds = ["wordpiece", "wordpiece-cased", "bpe", "unigram"] as const;

describe.each(kinds)("%s against the Rust reference", (kind) => {
  const definition = read(`${kind}/tokenizer.json`);
  const tokenizer = buildTokenizer({ tokenizer: definition });
  const expected = read(`${kind}/expected.json`);

  it("gives the same ids for every text", () => {
    const different = cases.texts.filter(
      (text: string, i: number) => tokenizer.encode(text).ids.join() !== expected.ids[i].join(),
    );
    expect(different).toEqual([]);
  });
});

describe.each(Object.keys(cases.variants))("variant %s against the Rust reference", (name) => {
  const { base, patch } = cases.variants[name];
  const definition = read(`${base}/tokenizer.json`);
  const charsmap = definition.normalizer?.precompiled_charsmap;
  const patched = JSON.parse(JSON.stringify(patch), (key, value) =>
    key === "precompiled_charsmap" ? charsmap : value,
  );
  const tokenizer = buildTokenizer({ tokenizer: { ...definition, ...patched } });

  it("gives the same ids for every text", () => {
    const different = variants.texts.filter(
      (text: string, i: number) => tokenizer.encode(text).ids.join() !== variants.ids[name][i].join(),
    );
    expect(different).toEqual([]);
  });
});
