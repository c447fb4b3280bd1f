import { join } from "node:path";
import { isObject } from "../../files/json-lines.js";
import { writeFile } from "../../files/write-file.js";
import type { EncoderConfig } from "../../models/encoder-config.js";

/** How tokenizers call their special tokens: BERT's way, and that of RoBERTa and SentencePiece. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  pad_token: ["[PAD]", "<pad>"],
  unk_token: ["[UNK]", "<unk>"],
  cls_token: ["[CLS]", "<s>"],
  sep_token: ["[SEP]", "</s>"],
  mask_token: ["[MASK]", "<mask>"],
};

/**
 * Writes tokenizer_config.json, by which transformers knows the limit of a model and which tokens are special,
 * beside a tokenizer.json that came alone.
 *
 * @param definition tokenizer.json, parsed
 */
export async function writeTokenizerConfig(
  folder: string,
  definition: unknown,
  maxTokens: number,
  { tokenTypes }: Pick<EncoderConfig, "tokenTypes">,
): Promise<void> {
  const added = isObject(definition) && Array.isArray(definition.added_tokens) ? definition.added_tokens : [];
  const contents = new Set(added.filter(isObject).map(({ content }) => content));
  const special = Object.entries(SPECIAL).flatMap(([name, tokens]) => {
    const found = tokens.find((token) => contents.has(token));
    return found === undefined ? [] : [[name, found]];
  });
  const facts = {
    // The class that takes tokenizer.json as it is.
    tokenizer_class: "PreTrainedTokenizerFast",
    model_max_length: maxTokens,
    ...Object.fromEntries(special),
    // transformers hands over token types only when told to; with one type for all it would look the second up.
    model_input_names: ["input_ids", ...(tokenTypes === 1 ? [] : ["token_type_ids"]), "attention_mask"],
  };
  await writeFile(join(folder, "tokenizer_config.json"), `${JSON.stringify(facts, undefined, 2)}\n`);
}
