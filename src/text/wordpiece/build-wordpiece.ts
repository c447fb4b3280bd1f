import type { AddedToken } from "../added-tokens.js";
import { type BuiltModel, partOfType } from "../built-model.js";
import { asIndex, asObject, asString, type JsonObject } from "../json.js";
import { bert } from "../normalizers/bert.js";
import { bertOptions } from "../normalizers/compile.js";
import { TextPipeline } from "../pipeline.js";
import { findToken, hideSpecialTokens, parseVocabulary, requireToken } from "../vocabulary.js";
import { WordPieceEncoder } from "./wordpiece-encoder.js";
import { WordPieceModel } from "./wordpiece-model.js";

/** A BERT tokenizer: BertNormalizer, BertPreTokenizer, WordPiece. */
export function buildWordPiece(json: JsonObject, added: readonly AddedToken[]): BuiltModel {
  const options = bertOptions(partOfType(json, "normalizer", "BertNormalizer", "WordPiece"), "normalizer");
  partOfType(json, "pre_tokenizer", "BertPreTokenizer", "WordPiece");
  const model = asObject(json.model, "model");
  const { trie, size } = parseVocabulary(model.vocab, "model.vocab");
  const unknown = asString(model.unk_token ?? "[UNK]", "model.unk_token");
  const unknownId = requireToken(trie, unknown, "model.unk_token");
  hideSpecialTokens(trie, added);
  const pieces = new WordPieceModel(trie, {
    unknownId,
    continuingPrefix: asString(model.continuing_subword_prefix ?? "##", "model.continuing_subword_prefix"),
    maxWordCharacters: asIndex(model.max_input_chars_per_word ?? 100, "model.max_input_chars_per_word"),
  });
  const encoder = new WordPieceEncoder(pieces, options);
  const pipeline = new TextPipeline(encoder, { normalize: bert(options), cuttable: true }, added);
  return {
    encode: added.every(({ special }) => special)
      ? (text, sink) => encoder.encode(text, sink)
      : (text, sink) => pipeline.encode(text, sink),
    size,
    unknownId,
    find: (token) => findToken(trie, token),
  };
}
