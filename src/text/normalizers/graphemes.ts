import { codePointFlags, paint, unitsOf } from "../unicode/code-points.js";
import {
  GRAPHEME_CONTROL,
  GRAPHEME_EXTEND,
  GRAPHEME_PREPEND,
  GRAPHEME_SPACING,
  INDIC_CONSONANT,
  PICTOGRAPHIC,
} from "../unicode/tables.js";

const EXTEND = 1;
const SPACING = 2;
const PREPEND = 4;
const CONTROL = 8;
const PICTOGRAPH = 16;
const CONSONANT = 32;
const LINKER = 64;
const ZWNJ = 0x200c;
const ZWJ = 0x200d;
const INDIC_LINKERS = [
  0x94d, 0x9cd, 0xacd, 0xb4d, 0xc4d, 0xd4d, 0x1039, 0x17d2, 0x1a60, 0x1b44, 0x1bab, 0xa9c0, 0xaaf6,
];
let shared: Uint8Array | undefined;

/** Whether a character can share an extended grapheme cluster with its neighbours. */
export function isClustering(codePoint: number): boolean {
  return classes()[codePoint] !== 0 || isConjoiningJamo(codePoint);
}

/**
 * Where the extended grapheme cluster that starts at `from` ends (Unicode 17, UAX #29), exact for
 * clusters of fewer than six UTF-8 bytes. Longer ones may come out in parts of six or more bytes, or of
 * one character: regional indicators, and pictographs and consonants beyond the BMP, are not joined.
 * `from` must be the start of a cluster.
 */
export function clusterEnd(text: string, from: number, limit: number): number {
  const table = classes();
  let before = text.codePointAt(from)!;
  let end = from + unitsOf(before);
  // Progress of `pictograph extend* zwj` (1, then 2) and of `consonant … linker …` (1, then 2).
  let emoji = (table[before]! & PICTOGRAPH) !== 0 ? 1 : 0;
  let conjunct = (table[before]! & CONSONANT) !== 0 ? 1 : 0;
  while (end < limit) {
    const after = text.codePointAt(end)!;
    const a = table[before]!;
    const b = table[after]!;
    if ((a & CONTROL) !== 0 || (b & CONTROL) !== 0) {
      if (before !== 0x0d || after !== 0x0a) break;
    } else if ((b & (EXTEND | SPACING)) === 0 && (a & PREPEND) === 0) {
      const joins =
        (conjunct === 2 && (b & CONSONANT) !== 0) ||
        (emoji === 2 && (b & PICTOGRAPH) !== 0) ||
        joinsJamo(before, after);
      if (!joins) break;
    }
    if ((b & PICTOGRAPH) !== 0) emoji = 1;
    else if (emoji === 1 && after === ZWJ) emoji = 2;
    else if (emoji !== 1 || (b & EXTEND) === 0) emoji = 0;
    if ((b & CONSONANT) !== 0) conjunct = 1;
    else if ((b & LINKER) !== 0) conjunct = conjunct > 0 ? 2 : 0;
    else if ((b & EXTEND) === 0 || after === ZWNJ) conjunct = 0;
    before = after;
    end += unitsOf(after);
  }
  return end;
}

function isConjoiningJamo(c: number): boolean {
  return (c >= 0x1100 && c <= 0x11ff) || (c >= 0xa960 && c <= 0xa97c) || (c >= 0xd7b0 && c <= 0xd7fb);
}

/** GB6 to GB8. */
function joinsJamo(before: number, after: number): boolean {
  const a = hangul(before);
  const b = hangul(after);
  if (a === "" || b === "") return false;
  if (a === "L") return b !== "T";
  if (a === "LV" || a === "V") return b === "V" || b === "T";
  return b === "T";
}

function hangul(c: number): "" | "L" | "V" | "T" | "LV" | "LVT" {
  if (c < 0x1100 || c > 0xd7fb) return "";
  if (c <= 0x115f || (c >= 0xa960 && c <= 0xa97c)) return "L";
  if (c <= 0x11a7 || (c >= 0xd7b0 && c <= 0xd7c6)) return "V";
  if (c <= 0x11ff || c >= 0xd7cb) return "T";
  if (c >= 0xac00 && c <= 0xd7a3) return (c - 0xac00) % 28 === 0 ? "LV" : "LVT";
  return "";
}

function classes(): Uint8Array {
  if (shared === undefined) {
    shared = codePointFlags();
    paint(shared, GRAPHEME_EXTEND, EXTEND);
    paint(shared, GRAPHEME_SPACING, SPACING);
    paint(shared, GRAPHEME_PREPEND, PREPEND);
    paint(shared, GRAPHEME_CONTROL, CONTROL);
    paint(shared, PICTOGRAPHIC, PICTOGRAPH);
    paint(shared, INDIC_CONSONANT, CONSONANT);
    for (const c of [0x0a, 0x0d]) shared[c]! |= CONTROL;
    for (const c of INDIC_LINKERS) shared[c]! |= LINKER;
    // The joiner is Extend but for the rules that name it.
    shared[ZWJ]! |= EXTEND;
  }
  return shared;
}
