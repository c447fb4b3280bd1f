import { CLOSING, inClass, OPENING } from "../prompts/character-classes.js";

const BRACKETS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`[${inClass(OPENING)}]`, "gu"), "["],
  [new RegExp(`[${inClass(CLOSING)}]`, "gu"), "]"],
  [/[≻⟩›»→⇒➔➜＞]/gu, ">"],
];

/** Circled digits that NFKC leaves alone: the code point of 1, and how many follow each other up from it. */
const CIRCLED: readonly (readonly [first: number, count: number])[] = [
  [0x2776, 10],
  [0x2780, 10],
  [0x278a, 10],
  [0x24f5, 10],
];
const CIRCLED_FROM_ELEVEN = 0x24eb;
const CIRCLED_ZERO = 0x24ff;

/**
 * The text with every digit as one of 0 to 9, whatever script or ornament it had (superscript, circled, full-width,
 * Arabic-Indic …), with `[` and `]` for all their kin, and `>` for arrows that point to the right.
 */
export function plainDigits(text: string): string {
  let plain = text.normalize("NFKC");
  if (/^[\u0000-\u007f]*$/.test(plain)) return plain;
  plain = plain
    .replace(/(?!\d)\p{Nd}/gu, decimalDigit)
    .replace(/[\u24eb-\u24ff\u2776-\u2793]/g, circledNumber);
  for (const [kin, mark] of BRACKETS) plain = plain.replace(kin, mark);
  return plain;
}

/** Unicode keeps decimal digits in runs of ten, beginning with zero. */
function decimalDigit(character: string): string {
  const code = character.codePointAt(0)!;
  let start = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start--;
  return String((code - start) % 10);
}

function circledNumber(character: string): string {
  const code = character.charCodeAt(0);
  if (code === CIRCLED_ZERO) return "0";
  const run = CIRCLED.find(([first, count]) => code >= first && code < first + count);
  return String(run ? code - run[0] + 1 : code - CIRCLED_FROM_ELEVEN + 11);
}
