/** Lower case in which İ becomes a plain i, as in Lucene, and not i with a dot above. */
export function lowerCase(word: string): string {
  const lower = word.toLowerCase();
  return word.includes("\u0130") ? lower.replaceAll("i\u0307", "i") : lower;
}
