import { Rewriter } from "../normalized.js";
import { unitsOf } from "../unicode/code-points.js";
import type { Charsmap } from "./charsmap.js";
import { clusterEnd, isClustering } from "./graphemes.js";
import type { Normalizer } from "./normalizer.js";

const LAST_CLUSTER_BYTE = 5;

/**
 * SentencePiece's normalisation as the reference does it: extended grapheme clusters of fewer than six
 * bytes are looked up whole, all else character by character.
 */
export function precompiled(charsmap: Charsmap): Normalizer {
  const plain = plainUnits(charsmap);
  const isPlainAt = (text: string, at: number): boolean => {
    const state = plain[text.charCodeAt(at)]!;
    if (state !== SURROGATE) return state === PLAIN;
    const codePoint = text.codePointAt(at)!;
    return !isClustering(codePoint) && charsmap.replacement(text, at, at + 2) === undefined;
  };
  return (source) => {
    const { text } = source;
    const rewriter = new Rewriter(source);
    let previous = 0;
    for (let at = 0; at < text.length; ) {
      if (plain[text.charCodeAt(at)] === PLAIN) {
        previous = at++;
        continue;
      }
      if (isPlainAt(text, at)) {
        previous = at;
        at += 2;
        continue;
      }
      // A cluster may begin with the plain character before; none reaches over two plain ones.
      let end = at;
      for (let done = false; end < text.length && !done; ) {
        const next = end + unitsOf(text.codePointAt(end)!);
        done = isPlainAt(text, end) && (next >= text.length || isPlainAt(text, next));
        end = next;
      }
      replaceClusters(charsmap, text, previous, end, rewriter);
      at = end;
      previous = end;
    }
    return rewriter.finish();
  };
}

function replaceClusters(charsmap: Charsmap, text: string, from: number, to: number, out: Rewriter): void {
  for (let start = from; start < to; ) {
    const end = clusterEnd(text, start, to);
    if (utf8Length(text, start, end) <= LAST_CLUSTER_BYTE) {
      const whole = charsmap.replacement(text, start, end);
      if (whole !== undefined) {
        out.replace(start, end, whole);
        start = end;
        continue;
      }
    }
    while (start < end) {
      const next = start + unitsOf(text.codePointAt(start)!);
      const single = charsmap.replacement(text, start, next);
      if (single !== undefined) out.replace(start, next, single);
      start = next;
    }
  }
}

function utf8Length(text: string, from: number, to: number): number {
  let bytes = 0;
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i);
    // Each half of a surrogate pair stands for two of the four bytes.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}

const PLAIN = 1;
const SURROGATE = 2;

/** Marks the UTF-16 units that no rule changes and that share no cluster. */
function plainUnits(charsmap: Charsmap): Uint8Array {
  const plain = new Uint8Array(0x10000);
  for (let c = 0; c < 0x10000; c++) {
    if (c >= 0xd800 && c <= 0xdfff) plain[c] = SURROGATE;
    else if (!isClustering(c) && charsmap.replacement(String.fromCharCode(c), 0, 1) === undefined) {
      plain[c] = PLAIN;
    }
  }
  return plain;
}
