import { isObject, type JsonObject } from "./json.js";

const USUAL = ["[PAD]", "<pad>", "<|padding|>"];

/**
 * The id that fills up batches: what the configurations name, else the embedded `padding`, else a usual
 * name. Padding is masked, so where there is no such token 0 serves.
 */
export function findPadId(
  configs: readonly JsonObject[],
  padding: unknown,
  find: (token: string) => number | undefined,
): number {
  const named = configs.map(({ pad_token: token }) => (isObject(token) ? token.content : token));
  const embedded = isObject(padding) ? [padding.pad_token] : [];
  for (const token of [...named, ...embedded, ...USUAL]) {
    const id = typeof token === "string" ? find(token) : undefined;
    if (id !== undefined) return id;
  }
  return 0;
}
