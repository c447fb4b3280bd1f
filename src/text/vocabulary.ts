import type { AddedToken } from "./added-tokens.js";
import { asIndex, asObject, invalidTokenizer } from "./json.js";
import { NO_VALUE, Trie } from "./trie.js";

/** A vocabulary that maps strings to ids, as WordPiece and BPE files have it. */
export interface Vocabulary {
  readonly trie: Trie;
  /** Largest id plus one. */
  readonly size: number;
}

export function parseVocabulary(part: unknown, field: string): Vocabulary {
  const json = asObject(part, field);
  const trie = new Trie();
  let size = 0;
  for (const token of Object.keys(json)) {
    const id = asIndex(json[token], `${field}[${JSON.stringify(token)}]`);
    trie.set(token, id);
    size = Math.max(size, id + 1);
  }
  if (size === 0) throw invalidTokenizer(field, part, "it holds no tokens.");
  return { trie, size };
}

export function findToken(trie: Trie, token: string): number | undefined {
  const id = trie.get(token);
  return id === NO_VALUE ? undefined : id;
}

/** The id of a token that the file names in another place, `field`. */
export function requireToken(trie: Trie, token: string, field: string): number {
  const id = findToken(trie, token);
  if (id === undefined) throw invalidTokenizer(field, token, "the vocabulary has no such token.");
  return id;
}

/** Takes special tokens out of reach, so that no text can spell them. */
export function hideSpecialTokens(trie: Trie, added: readonly AddedToken[]): void {
  for (const { content, special } of added) if (special && content !== "") trie.set(content, NO_VALUE);
}
