import { createHash, type Hash } from "node:crypto";
import type { Document, Pair, ScoreOptions } from "../../types/index.js";
import { takeTurns } from "../turns.js";

/** Other layouts of keys or values have another name. */
const NAME = "rankwright pair score 1";

/**
 * The key of each pair: a sha256 over the model's fingerprint, the options of the call that change scores, the query
 * and the sha256 of the document, in 43 characters. Every text stands behind its length, so that no two sequences of texts read the same, and as UTF-16,
 * in which, unlike UTF-8, lone surrogates keep apart.
 *
 * @throws the signal's reason
 */
export async function pairKeys(
  fingerprint: string,
  pairs: readonly Pair[],
  { signal, deadline, priority, onProgress, ...effects }: ScoreOptions = {},
): Promise<string[]> {
  // Whatever is not known to have no effect has one.
  const told = Object.entries(effects).filter(([, value]) => value !== undefined);
  const options = told.length === 0 ? "" : JSON.stringify(told.sort());
  const nextTurn = takeTurns(signal);
  const beginnings = new Map<string, Hash>();
  const keys: string[] = [];
  for (const { query, document } of pairs) {
    await nextTurn();
    let beginning = beginnings.get(query);
    if (!beginning) {
      beginning = createHash("sha256");
      for (const text of [NAME, fingerprint, options, query]) addText(beginning, text);
      beginnings.set(query, beginning);
    }
    keys.push(beginning.copy().update(documentDigest(document)).digest("base64url"));
  }
  return keys;
}

function documentDigest({ title, text }: Document): Buffer {
  const hash = createHash("sha256");
  // A title that is empty is not the same as none.
  hash.update(Uint8Array.of(title === undefined ? 0 : 1));
  addText(hash, title ?? "");
  addText(hash, text);
  return hash.digest();
}

function addText(hash: Hash, text: string): void {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  hash.update(length).update(Buffer.from(text, "utf16le"));
}
