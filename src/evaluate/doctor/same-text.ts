import type { CorpusDocument } from "../collection/collection.js";

/** Words in a row that make a shingle; texts of fewer words than `FEW_WORDS` are compared by characters. */
const SHINGLE = 3;
const FEW_WORDS = 20;

/** Share of common shingles from which two texts count as one (Broder, 1997, calls it resemblance). */
const NEAR = 0.9;

/** A document's text as it is compared: its letters and digits in lower case, words apart by one space. */
export function plainText({ title, text }: CorpusDocument): string {
  const whole = `${title ?? ""} ${text}`.normalize("NFKC").toLowerCase();
  const words = whole.match(/[\p{L}\p{M}\p{N}]+/gu);
  // A text of symbols alone is compared as it stands.
  return words ? words.join(" ") : whole.trim();
}

/** All runs of three words of a plain text, or of three characters where it is short or written without spaces. */
export function shingles(plain: string): ReadonlySet<string> {
  const words = plain.split(" ");
  const [units, joint] = words.length >= FEW_WORDS ? [words, " "] : [[...plain], ""];
  const found = new Set<string>();
  for (let i = 0; i + SHINGLE <= units.length; i++) found.add(units.slice(i, i + SHINGLE).join(joint));
  return found.size > 0 ? found : new Set([plain]);
}

/** Whether at least nine tenths of all shingles of the two are common to both (Jaccard index). */
export function nearlySame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  if (small.size < NEAR * large.size) return false;
  let common = 0;
  for (const shingle of small) if (large.has(shingle)) common++;
  return common >= NEAR * (small.size + large.size - common);
}
