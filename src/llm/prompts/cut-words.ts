/** Characters of scripts that write no spaces between words. */
const SPACELESS =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const PIECE = new RegExp(`[${SPACELESS}]|[^\\s${SPACELESS}]+`, "gu");

/** A longer run without spaces, such as an address or a blob, counts as several words. */
const LONGEST_WORD = 20;

/** The beginning of a text, and whether anything is missing. */
export interface CutText {
  readonly text: string;
  readonly cut: boolean;
}

/**
 * The first `words` words of a text: runs without white space, of which every 20 characters count as one, and single
 * characters in scripts that write no spaces.
 */
export function cutWords(text: string, words: number): CutText {
  let left = words;
  let end = 0;
  PIECE.lastIndex = 0;
  for (let match = PIECE.exec(text); match; match = PIECE.exec(text)) {
    const [piece] = match;
    const count = Math.ceil(piece.length / LONGEST_WORD);
    if (count > left) {
      const part = piece.slice(0, left * LONGEST_WORD);
      if (part !== "") end = match.index + part.length;
      // Half of a surrogate pair is no character.
      return { text: text.slice(0, end).replace(/[\ud800-\udbff]$/, ""), cut: true };
    }
    left -= count;
    end = match.index + piece.length;
  }
  return { text, cut: false };
}
