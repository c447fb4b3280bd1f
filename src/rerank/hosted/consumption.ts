import { z } from "zod";
import type { Consumption } from "../../llm/ledger/index.js";
import type { Question } from "./provider.js";

/** A count that the provider may leave out, or give in a way that nobody can read. */
export const told = z.int().nonnegative().optional().catch(undefined);

/** Tokens of the texts; nothing is written in answer. */
export function tokens(count: number | undefined): Consumption {
  return count === undefined ? {} : { promptTokens: count, completionTokens: 0 };
}

/** Special tokens of a pair, at most. */
const PAIR_TOKENS = 16;

/** The query is read with each document. A text has at most as many tokens as its UTF-8 has bytes. */
export function mostTokens({ query, documents, instruction = "" }: Question): Consumption {
  const each = Buffer.byteLength(query) + Buffer.byteLength(instruction) + PAIR_TOKENS;
  return tokens(documents.reduce((sum, text) => sum + Buffer.byteLength(text) + each, 0));
}

/** Units of up to 100 documents. */
export function hundreds(documents: number): Consumption {
  return { searchUnits: Math.ceil(documents / 100) };
}
