import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "../../files/json-lines.js";
import { fileError } from "../../files/open-bytes.js";
import { RankwrightError } from "../../types/index.js";

const MASKS: readonly unknown[] = ["[MASK]", "<mask>"];

/**
 * The id of the mask token (`[MASK]` or `<mask>`) by a folder's tokenizer.json. A `Tokenizer` cannot say: it
 * never reads special tokens out of text.
 *
 * @throws RankwrightError FILE_NOT_FOUND, INVALID_TOKENIZER
 */
export async function readMaskId(folder: string): Promise<number> {
  const path = join(folder, "tokenizer.json");
  const json = await readFile(path, "utf8").catch((cause) => {
    throw fileError(path, cause);
  });
  const added = addedTokens(json);
  const mask = added.find(({ content }) => MASKS.includes(content));
  if (typeof mask?.id === "number") return mask.id;
  const message = `${path} has no ${MASKS.join(" or ")} among its added_tokens; pre-training needs one.`;
  throw new RankwrightError("INVALID_TOKENIZER", message, { field: "added_tokens", value: path });
}

function addedTokens(json: string): Record<string, unknown>[] {
  try {
    const parsed: unknown = JSON.parse(json);
    const added = isObject(parsed) ? parsed.added_tokens : undefined;
    return Array.isArray(added) ? added.filter(isObject) : [];
  } catch {
    return [];
  }
}
