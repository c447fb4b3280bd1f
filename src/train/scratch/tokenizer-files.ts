import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileError } from "../../files/open-bytes.js";
import { buildTokenizer, loadTokenizer } from "../../text/index.js";
import { RankwrightError } from "../../types/index.js";

/** The files of a tokenizer, by the names that they have in a model folder. */
export type TokenizerFiles = ReadonlyMap<string, string>;

const NAMES = ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"];

/**
 * Reads a tokenizer for a new model.
 *
 * @param path a tokenizer.json, or a folder that holds a tokenizer as model folders do
 * @throws RankwrightError FILE_NOT_FOUND, MODEL_FILE_MISSING, INVALID_TOKENIZER
 */
export async function readTokenizerFiles(path: string): Promise<TokenizerFiles> {
  const found = await stat(path).catch((cause: unknown) => {
    throw fileError(path, cause);
  });
  if (!found.isDirectory()) {
    const text = await readText(path);
    checkTokenizer(text, path);
    return new Map([["tokenizer.json", text]]);
  }
  await loadTokenizer(path);
  const files = await Promise.all(
    NAMES.map(async (name) => [name, await readText(join(path, name)).catch(() => undefined)] as const),
  );
  return new Map(files.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}

async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw fileError(path, cause);
  });
}

function checkTokenizer(text: string, path: string): void {
  let tokenizer: unknown;
  try {
    tokenizer = JSON.parse(text);
  } catch (cause) {
    throw new RankwrightError(
      "INVALID_TOKENIZER",
      `${path} is not valid JSON: ${String(cause)}; give a tokenizer.json, or the folder that holds one`,
      { field: "tokenizer", value: path, cause },
    );
  }
  buildTokenizer({ tokenizer });
}
