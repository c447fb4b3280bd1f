import { type AddedToken, parseAddedTokens } from "./added-tokens.js";
import { buildBpe } from "./bpe/build-bpe.js";
import type { BuiltModel } from "./built-model.js";
import { asObject, invalidTokenizer, isObject, type JsonObject } from "./json.js";
import { findPadId } from "./pad-token.js";
import { parsePairTemplate } from "./pair-template.js";
import { TextTokenizer } from "./text-tokenizer.js";
import type { Tokenizer } from "./tokenizer.js";
import { buildUnigram } from "./unigram/build-unigram.js";
import { buildWordPiece } from "./wordpiece/build-wordpiece.js";

export interface TokenizerParts {
  /** tokenizer.json, parsed. Its `truncation`, `padding` and `decoder` are not looked at. */
  readonly tokenizer: unknown;
  /** tokenizer_config.json and special_tokens_map.json, parsed, where there are any. */
  readonly config?: unknown;
  readonly specialTokens?: unknown;
}

/**
 * Builds a tokenizer from the parsed files of a model folder.
 * @throws INVALID_TOKENIZER naming the part that is malformed or not supported.
 */
export function buildTokenizer({ tokenizer, config, specialTokens }: TokenizerParts): Tokenizer {
  const json = asObject(tokenizer, "tokenizer.json");
  const added = parseAddedTokens(json.added_tokens, "added_tokens");
  const kind = modelKind(asObject(json.model, "model"));
  const built = build(kind, json, added);
  const template = parsePairTemplate(json.post_processor, "post_processor");
  const ids = new Map(added.map((token) => [token.content, token.id]));
  const padId = findPadId(
    [config, specialTokens].filter(isObject),
    json.padding,
    (token) => ids.get(token) ?? built.find(token),
  );
  // Special tokens come from the template alone, however many the file lists.
  const ordinary = added.filter(({ special }) => !special).map(({ id }) => id);
  const special = [...template.before.ids, ...template.between.ids, ...template.after.ids];
  return new TextTokenizer(
    {
      kind,
      vocabSize: Math.max(built.size, ...[...ordinary, ...special, padId].map((id) => id + 1)),
      padId,
      unknownId: built.unknownId,
      template,
    },
    built.encode,
  );
}

function build(kind: Tokenizer["kind"], json: JsonObject, added: readonly AddedToken[]): BuiltModel {
  switch (kind) {
    case "wordpiece":
      return buildWordPiece(json, added);
    case "bpe":
      return buildBpe(json, added);
    case "unigram":
      return buildUnigram(json, added);
  }
}

/** Old files do not say what their model is. */
function modelKind(model: JsonObject): Tokenizer["kind"] {
  const { type } = model;
  if (type === "WordPiece" || (type === undefined && "max_input_chars_per_word" in model)) return "wordpiece";
  if (type === "BPE" || (type === undefined && "merges" in model)) return "bpe";
  if (type === "Unigram" || (type === undefined && Array.isArray(model.vocab))) return "unigram";
  throw invalidTokenizer("model.type", type, "supported are WordPiece, BPE (byte-level) and Unigram.");
}
