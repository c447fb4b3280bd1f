import { mapCharacters } from "./map-characters.js";
import type { Normalizer } from "./normalizer.js";

/** Lower-cases each character by itself: no final sigma, no locale. */
export const lowercase: Normalizer = mapCharacters((codePoint) => {
  if (codePoint < 0x80) {
    return codePoint >= 0x41 && codePoint <= 0x5a ? String.fromCharCode(codePoint + 32) : undefined;
  }
  const recent = lowerOfUnicode17(codePoint);
  if (recent !== undefined) return String.fromCodePoint(recent);
  const char = String.fromCodePoint(codePoint);
  const lower = char.toLowerCase();
  return lower === char ? undefined : lower;
});

/** Capitals of Unicode 17, which the reference knows and older runtimes do not. */
function lowerOfUnicode17(codePoint: number): number | undefined {
  if (codePoint >= 0x16ea0 && codePoint <= 0x16eb8) return codePoint + 27;
  if (codePoint === 0xa7ce || codePoint === 0xa7d2 || codePoint === 0xa7d4) return codePoint + 1;
  return undefined;
}
