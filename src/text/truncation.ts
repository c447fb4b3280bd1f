/** Cuts the longer side of a pair first: what of each side's tokens is left within `room`. */
export function longestFirst(
  query: number,
  document: number,
  room: number,
): { readonly query: number; readonly document: number } {
  if (query + document <= room) return { query, document };
  const shorter = Math.min(query, document);
  if (2 * shorter > room) {
    // Both lose; the odd token goes to the longer side, the document where they are equal.
    const half = Math.floor(room / 2);
    return query > document ? { query: room - half, document: half } : { query: half, document: room - half };
  }
  return query > document
    ? { query: room - shorter, document: shorter }
    : { query: shorter, document: room - shorter };
}

/** Shrinks a head and a tail in proportion until both fit into `room`. */
export function shrinkHeadTail(
  head: number,
  tail: number,
  room: number,
): { readonly head: number; readonly tail: number } {
  if (head + tail <= room) return { head, tail };
  const kept = Math.round((room * head) / (head + tail));
  return { head: kept, tail: room - kept };
}
