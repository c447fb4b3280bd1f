/**
 * Whether a UTF-16 unit belongs to a script that writes no spaces between words (Han, Kana, Thai, Lao,
 * Khmer, Burmese, Tibetan and their punctuation). There, a token counts as a word of its own.
 */
export function isUnspaced(unit: number): boolean {
  if (unit < 0x0e00) return false;
  return (
    unit < 0x10a0 ||
    (unit >= 0x1780 && unit <= 0x17ff) ||
    (unit >= 0x1950 && unit <= 0x1aaf) ||
    (unit >= 0x2e80 && unit <= 0x9fff && !(unit >= 0x3130 && unit <= 0x318f)) ||
    (unit >= 0xa9e0 && unit <= 0xa9ff) ||
    (unit >= 0xaa60 && unit <= 0xaadf) ||
    (unit >= 0xf900 && unit <= 0xfaff) ||
    (unit >= 0xfe30 && unit <= 0xfe4f) ||
    (unit >= 0xff00 && unit <= 0xff9f) ||
    // Planes 2 and 3 (rare ideographs), by their leading surrogate.
    (unit >= 0xd840 && unit <= 0xd8ff)
  );
}
