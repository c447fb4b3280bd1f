/**
 * A light stemmer: English plurals, -ing, -ed and -e, and doubled final consonants, so that "cancelling",
 * "cancelled" and "cancels" all meet "cancel". It leaves words with anything but a–z in them alone.
 * Both query and document pass through it, so a stem need not be a word ("paus" for "pause").
 */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  return undouble(dropEnding(singular(word)));
}

function singular(word: string): string {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith("sses") || /(?:[xz]|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.endsWith("s") && !/[sui]s$/.test(word)) return word.slice(0, -1);
  return word;
}

function dropEnding(word: string): string {
  if (word.endsWith("ied") && word.length > 4) return `${word.slice(0, -3)}y`;
  for (const ending of ["ing", "ed"]) {
    const rest = word.slice(0, -ending.length);
    // "sing" and "red" carry no ending: what stays must be a syllable of its own.
    if (word.endsWith(ending) && rest.length > 2 && /[aeiouy]/.test(rest)) return dropE(rest);
  }
  return dropE(word);
}

function dropE(word: string): string {
  return word.length > 3 && word.endsWith("e") ? word.slice(0, -1) : word;
}

function undouble(word: string): string {
  return /([bcdfghjklmnpqrstvwxz])\1$/.test(word) ? word.slice(0, -1) : word;
}
