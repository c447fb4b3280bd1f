import type { AddedToken } from "../added-tokens.js";
import { type BuiltModel, partOfType } from "../built-model.js";
import { asArray, asFlag, asObject, asString, invalidTokenizer, type JsonObject } from "../json.js";
import { compileNormalizer } from "../normalizers/compile.js";
import { TextPipeline } from "../pipeline.js";
import type { Trie } from "../trie.js";
import { findToken, hideSpecialTokens, parseVocabulary, requireToken } from "../vocabulary.js";
import { BpeEncoder } from "./bpe-encoder.js";
import { BpeModel } from "./bpe-model.js";
import { byteAlphabet } from "./byte-alphabet.js";
import { PairTable } from "./pair-table.js";

/** A byte-level BPE tokenizer as GPT-2, RoBERTa and ModernBERT have it. */
export function buildBpe(json: JsonObject, added: readonly AddedToken[]): BuiltModel {
  const words = partOfType(json, "pre_tokenizer", "ByteLevel", "BPE");
  if (!asFlag(words.use_regex, "pre_tokenizer.use_regex", true)) {
    throw invalidTokenizer("pre_tokenizer.use_regex", false, "only true is supported.");
  }
  const model = asObject(json.model, "model");
  for (const option of ["continuing_subword_prefix", "end_of_word_suffix"]) {
    const value = model[option] ?? "";
    if (value !== "") throw invalidTokenizer(`model.${option}`, value, "byte-level BPE needs none.");
  }
  const { trie, size } = parseVocabulary(model.vocab, "model.vocab");
  const pairs = readMerges(model.merges, trie);
  const alphabet = byteAlphabet();
  const byteIds = Int32Array.from(alphabet, (char) => findToken(trie, char) ?? -1);
  const unknownId =
    typeof model.unk_token === "string" ? requireToken(trie, model.unk_token, "model.unk_token") : undefined;
  const bpe = new BpeModel(byteIds, pairs, unknownId, asFlag(model.fuse_unk, "model.fuse_unk", false));
  hideSpecialTokens(trie, added);
  const encoder = new BpeEncoder(bpe, {
    addPrefixSpace: asFlag(words.add_prefix_space, "pre_tokenizer.add_prefix_space", true),
    wholeWord: asFlag(model.ignore_merges, "model.ignore_merges", false)
      ? (bytes) => findToken(trie, Array.from(bytes, (byte) => alphabet[byte]).join(""))
      : undefined,
  });
  const pipeline = new TextPipeline(encoder, compileNormalizer(json.normalizer, "normalizer"), added);
  return {
    encode: (text, sink) => pipeline.encode(text, sink),
    size,
    unknownId,
    find: (token) => findToken(trie, token),
  };
}

/** Merges in order of rank, either as `"a b"` or as `["a", "b"]`. */
function readMerges(part: unknown, trie: Trie): PairTable {
  const merges = asArray(part, "model.merges");
  const pairs = new PairTable(merges.length);
  merges.forEach((merge, rank) => {
    const field = `model.merges[${rank}]`;
    const sides = typeof merge === "string" ? merge.split(" ") : asArray(merge, field);
    if (sides.length !== 2) throw invalidTokenizer(field, merge, "two tokens are needed.");
    const left = asString(sides[0], field);
    const right = asString(sides[1], field);
    pairs.set(
      requireToken(trie, left, field),
      requireToken(trie, right, field),
      rank,
      requireToken(trie, left + right, field),
    );
  });
  return pairs;
}
