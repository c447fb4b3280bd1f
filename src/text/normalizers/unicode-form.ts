import { Rewriter } from "../normalized.js";
import { codePointFlags, paint, unitsOf } from "../unicode/code-points.js";
import { COMBINING, DECOMPOSING } from "../unicode/tables.js";
import type { Normalizer } from "./normalizer.js";

export type UnicodeForm = "NFC" | "NFD" | "NFKC" | "NFKD";

const COMBINES = 1;
const CHANGES = 2;
/** Has a decomposition in the version that counts, whether or not this form applies it. */
const KNOWN = 4;
const flagsByForm = new Map<UnicodeForm, Uint8Array>();

/**
 * Unicode normalisation as of version 9, which is the reference's. The runtime's newer one is asked
 * only about characters that version knew; their normalisation can never change.
 */
export function unicodeForm(form: UnicodeForm): Normalizer {
  const flags = formFlags(form);
  // A base that only the runtime's version would decompose or compose must be kept from it.
  const isNews = (base: number, result: number): boolean => {
    if (result !== base && (flags[result]! & KNOWN) === 0) return true;
    const char = String.fromCodePoint(base);
    return char.normalize(form) !== char;
  };
  return (source) => {
    const { text } = source;
    const rewriter = new Rewriter(source);
    let at = 0;
    while (at < text.length) {
      // Most characters stay, and nothing below U+0300 combines.
      if ((flags[text.charCodeAt(at)]! & ~KNOWN) === 0 && !(text.charCodeAt(at + 1) >= 0x300)) {
        at++;
        continue;
      }
      const first = text.codePointAt(at)!;
      let end = at + unitsOf(first);
      // A character that combines with nothing before it, and all that combine with it.
      while (end < text.length) {
        const next = text.codePointAt(end)!;
        if ((flags[next]! & COMBINES) === 0) break;
        end += unitsOf(next);
      }
      if ((flags[first]! & CHANGES) !== 0 || end - at > unitsOf(first)) {
        let from = at;
        let normal = text.slice(from, end).normalize(form);
        if ((flags[first]! & (KNOWN | COMBINES)) === 0 && isNews(first, normal.codePointAt(0)!)) {
          from += unitsOf(first);
          normal = text.slice(from, end).normalize(form);
        }
        if (normal !== text.slice(from, end)) rewriter.replace(from, end, normal);
      }
      at = end;
    }
    return rewriter.finish();
  };
}

function formFlags(form: UnicodeForm): Uint8Array {
  const known = flagsByForm.get(form);
  if (known !== undefined) return known;
  const flags = codePointFlags();
  paint(flags, DECOMPOSING, KNOWN);
  for (let c = 0; c < flags.length; c++) {
    if (flags[c] === 0) continue;
    const char = String.fromCodePoint(c);
    if (char.normalize(form) !== char) flags[c]! |= CHANGES;
  }
  paint(flags, COMBINING, COMBINES);
  flagsByForm.set(form, flags);
  return flags;
}
