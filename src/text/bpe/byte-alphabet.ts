/**
 * The characters that stand for bytes in byte-level vocabularies (GPT-2): printable Latin-1 for itself,
 * the other 68 bytes from U+0100 on.
 */
export function byteAlphabet(): readonly string[] {
  const alphabet: string[] = [];
  let others = 0;
  for (let byte = 0; byte < 256; byte++) {
    const printable =
      (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
    alphabet.push(String.fromCharCode(printable ? byte : 0x100 + others++));
  }
  return alphabet;
}
