import type { AddedToken } from "../added-tokens.js";
import type { BuiltModel } from "../built-model.js";
import { asArray, asFlag, asIndex, asObject, asString, invalidTokenizer, type JsonObject } from "../json.js";
import { compileNormalizer } from "../normalizers/compile.js";
import { TextPipeline } from "../pipeline.js";
import { NO_VALUE, Trie } from "../trie.js";
import { findToken, hideSpecialTokens } from "../vocabulary.js";
import { parseMetaspace } from "./metaspace.js";
import { serdeFloat } from "./serde-float.js";
import { UnigramEncoder } from "./unigram-encoder.js";
import { UnigramModel } from "./unigram-model.js";

/** A SentencePiece Unigram tokenizer as XLM-RoBERTa and DeBERTa-v3 have it. */
export function buildUnigram(json: JsonObject, added: readonly AddedToken[]): BuiltModel {
  const model = asObject(json.model, "model");
  const vocab = asArray(model.vocab, "model.vocab");
  const unknownId = asIndex(model.unk_id, "model.unk_id");
  if (unknownId >= vocab.length) {
    throw invalidTokenizer("model.unk_id", unknownId, `the vocabulary has only ${vocab.length} pieces.`);
  }
  const trie = new Trie();
  const scores = new Float64Array(vocab.length);
  vocab.forEach((entry, id) => {
    const field = `model.vocab[${id}]`;
    const [piece, score] = asArray(entry, field);
    if (typeof score !== "number") throw invalidTokenizer(`${field}[1]`, score, "a number is needed.");
    scores[id] = serdeFloat(score);
    trie.set(asString(piece, `${field}[0]`), id);
  });
  const byteIds = asFlag(model.byte_fallback, "model.byte_fallback", false) ? readByteIds(trie) : undefined;
  const unknown = asString(asArray(vocab[unknownId], "model.vocab")[0], "model.vocab");
  // The reference would find `</s>` in a text that spells it; SentencePiece itself never does.
  hideSpecialTokens(trie, added);
  if (unknown !== "") trie.set(unknown, NO_VALUE);
  const encoder = new UnigramEncoder(
    new UnigramModel({ trie, scores, unknownId, byteIds }),
    parseMetaspace(json.pre_tokenizer, "pre_tokenizer"),
  );
  const pipeline = new TextPipeline(encoder, compileNormalizer(json.normalizer, "normalizer"), added);
  return {
    encode: (text, sink) => pipeline.encode(text, sink),
    size: vocab.length,
    unknownId,
    find: (token) => findToken(trie, token),
  };
}

/** Ids of `<0x00>` to `<0xFF>`; undefined unless all are there. */
function readByteIds(trie: Trie): readonly number[] | undefined {
  const ids = Array.from({ length: 256 }, (_, byte) =>
    findToken(trie, `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`),
  );
  return ids.every((id) => id !== undefined) ? ids : undefined;
}
