import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "../../files/json-lines.js";
import { RankwrightError, show } from "../../types/index.js";
import type { Pieces } from "./lexicon.js";

/** The pieces of a model folder's tokenizer.json. @throws RankwrightError INVALID_TOKENIZER */
export async function readPieces(folder: string): Promise<Pieces> {
  const path = join(folder, "tokenizer.json");
  let definition: unknown;
  try {
    definition = JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    throw new RankwrightError("INVALID_TOKENIZER", `${path} cannot be read: ${String(cause)}`, {
      field: "tokenizer.json",
      value: path,
      cause,
    });
  }
  return piecesOf(definition);
}

/**
 * The pieces of a tokenizer.json, parsed: a WordPiece one with the usual `##`, whose pairs are
 * `[CLS] query [SEP] document [SEP]`.
 *
 * @throws RankwrightError INVALID_TOKENIZER
 */
export function piecesOf(definition: unknown): Pieces {
  const model = isObject(definition) ? definition.model : undefined;
  if (!isObject(model) || !isObject(model.vocab)) throw invalid("model.vocab", model, "an object");
  const { vocab } = model;
  const prefix = model.continuing_subword_prefix ?? "##";
  if (prefix !== "##") throw invalid("model.continuing_subword_prefix", prefix, '"##"');
  const pieces: string[] = [];
  for (const [piece, id] of Object.entries(vocab)) pieces[id as number] = piece;
  // Ids left out are never met.
  for (let id = 0; id < pieces.length; id++) pieces[id] ??= "";
  const unknown = typeof model.unk_token === "string" ? model.unk_token : "[UNK]";
  const unknownId = vocab[unknown];
  if (typeof unknownId !== "number") throw invalid("model.unk_token", unknown, "a piece of the vocabulary");
  const added = (definition as { added_tokens?: unknown }).added_tokens;
  const specialIds = new Set<number>();
  for (const token of Array.isArray(added) ? added : []) {
    if (isObject(token) && token.special === true && typeof token.id === "number") specialIds.add(token.id);
  }
  specialIds.delete(unknownId);
  return { pieces, specialIds, unknownId };
}

function invalid(field: string, value: unknown, wanted: string): RankwrightError {
  return new RankwrightError(
    "INVALID_TOKENIZER",
    `tokenizer.json: ${field} is ${show(value)}; lexical features need ${wanted}`,
    { field, value },
  );
}
