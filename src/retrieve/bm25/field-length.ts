/** Lengths below this are kept as they are. */
const EXACT = 24;
/** Significant bits of a longer one, less those 24: the leading one and three more. */
const BITS = 4;

/**
 * A document's length as Lucene remembers it in one byte: exact to 39, then rounded down to four significant
 * bits (after taking 24 off), so at most an eighth too short. `SmallFloat.byte4ToInt(intToByte4(length))`.
 */
export function luceneLength(length: number): number {
  if (length < EXACT) return length;
  const rest = length - EXACT;
  const shift = Math.max(0, 32 - Math.clz32(rest) - BITS);
  return EXACT + (rest >>> shift) * 2 ** shift;
}
