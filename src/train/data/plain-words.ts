const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** The words of a text in lower case: what is left when case, punctuation and spaces do not count. */
export function plainWords(text: string): string[] {
  return text.normalize("NFKC").toLowerCase().match(WORD) ?? [];
}
