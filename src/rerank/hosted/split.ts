/** From which document to which, end exclusive. */
export type Part = readonly [from: number, to: number];

/**
 * Documents in order, in as few calls as the limits allow. A document that is larger than a call may be goes alone:
 * the server decides.
 */
export function split(
  documents: readonly string[],
  mostDocuments: number,
  mostBytes = Number.POSITIVE_INFINITY,
): Part[] {
  const parts: Part[] = [];
  let from = 0;
  let bytes = 0;
  for (const [index, text] of documents.entries()) {
    const size = Buffer.byteLength(text);
    if (index > from && (index - from >= mostDocuments || bytes + size > mostBytes)) {
      parts.push([from, index]);
      from = index;
      bytes = 0;
    }
    bytes += size;
  }
  if (from < documents.length) parts.push([from, documents.length]);
  return parts;
}
