/** Bytes whose beginning is known, still whole. */
export interface Peeked {
  /** First byte that is neither white space nor part of a byte order mark; undefined where there is none. */
  readonly firstByte: number | undefined;
  readonly chunks: AsyncGenerator<Uint8Array>;
}

const SKIPPED: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xef, 0xbb, 0xbf]);

/** Looks at the first byte of a text, by which formats can be told apart. */
export async function peekFirstByte(chunks: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const source = chunks[Symbol.asyncIterator]();
  const begun: Uint8Array[] = [];
  let firstByte: number | undefined;
  while (firstByte === undefined) {
    const { done, value } = await source.next();
    if (done) break;
    begun.push(value);
    firstByte = value.find((byte) => !SKIPPED.has(byte));
  }
  const rest = async function* () {
    try {
      yield* begun;
      yield* { [Symbol.asyncIterator]: () => source };
    } finally {
      await source.return?.();
    }
  };
  return { firstByte, chunks: rest() };
}
