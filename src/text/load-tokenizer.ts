import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { RankwrightError } from "../types/index.js";
import { buildTokenizer } from "./build-tokenizer.js";
import type { Tokenizer } from "./tokenizer.js";
import { tokenizerFromVocab } from "./wordpiece/vocab-txt.js";

/**
 * Reads the tokenizer of a model folder: `tokenizer.json` with, where present, `tokenizer_config.json`
 * and `special_tokens_map.json`; or the bare `vocab.txt` of old BERT checkpoints. Truncation and padding
 * that the file carries are ignored.
 * @throws MODEL_FILE_MISSING, INVALID_TOKENIZER
 */
export async function loadTokenizer(dir: string): Promise<Tokenizer> {
  const [tokenizer, config, specialTokens] = await Promise.all([
    readJson(dir, "tokenizer.json"),
    readJson(dir, "tokenizer_config.json"),
    readJson(dir, "special_tokens_map.json"),
  ]);
  if (tokenizer !== undefined) return buildTokenizer({ tokenizer, config, specialTokens });
  const vocab = await readText(dir, "vocab.txt");
  if (vocab !== undefined)
    return buildTokenizer({ tokenizer: tokenizerFromVocab(vocab, config), config, specialTokens });
  throw new RankwrightError("MODEL_FILE_MISSING", await missingMessage(dir), {
    field: "tokenizer.json",
    value: join(dir, "tokenizer.json"),
  });
}

async function readText(dir: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(dir, name), "utf8");
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new RankwrightError("MODEL_FILE_MISSING", `${join(dir, name)} cannot be read: ${String(cause)}`, {
      field: name,
      value: join(dir, name),
      cause,
    });
  }
}

async function readJson(dir: string, name: string): Promise<unknown> {
  const text = await readText(dir, name);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RankwrightError("INVALID_TOKENIZER", `${join(dir, name)} is not valid JSON: ${String(cause)}`, {
      field: name,
      cause,
    });
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Files of slow tokenizers, which hold the same facts in other forms. */
const SLOW_FILES = ["sentencepiece.bpe.model", "spiece.model", "spm.model", "tokenizer.model", "vocab.json"];

async function missingMessage(dir: string): Promise<string> {
  const files = await readdir(dir).catch(() => undefined);
  if (files === undefined)
    return `${dir} is not a folder that can be read; a model folder with tokenizer.json is needed.`;
  const slow = SLOW_FILES.find((name) => files.includes(name));
  const mend =
    slow === undefined
      ? "Copy it from where the model came from."
      : `Only ${slow} is there; make it with Python's transformers: AutoTokenizer.from_pretrained(DIR).save_pretrained(DIR).`;
  return `${dir} holds no tokenizer.json (nor a BERT vocab.txt). ${mend}`;
}
