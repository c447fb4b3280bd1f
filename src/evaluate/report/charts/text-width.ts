/**
 * Rough width of text in a common sans-serif face, in pixels. There is no font to ask; the figures err on the
 * wide side, so that labels keep clear of each other.
 */
export function textWidth(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += characterWidth(character);
  return ems * size;
}

function characterWidth(character: string): number {
  if (/[ilIjtfr.,:;|'!()[\]/\\-]/.test(character)) return 0.38;
  if (/[mwMW@%]/.test(character)) return 0.92;
  if (/[A-Z]/.test(character)) return 0.7;
  // East Asian scripts and emoji are about one em wide.
  return (character.codePointAt(0) ?? 0) >= 0x1100 ? 1.05 : 0.6;
}

/** Text cut in the middle with "…" to fit a width in pixels: both ends of a model's name tell it apart. */
export function fitText(text: string, width: number, size: number): string {
  // More characters than this fit nowhere; a name of megabytes is not to be measured to its end.
  const characters = [...(text.length > 400 ? text.slice(0, 200) + text.slice(-200) : text)];
  if (text.length <= 400 && textWidth(text, size) <= width) return text;
  const room = width - textWidth("…", size);
  let head = 0;
  let tail = characters.length;
  let used = 0;
  while (head < tail) {
    const fromHead = head <= characters.length - tail;
    const next = characters[fromHead ? head : tail - 1] as string;
    used += textWidth(next, size);
    if (used > room) break;
    if (fromHead) head++;
    else tail--;
  }
  return `${characters.slice(0, head).join("")}…${characters.slice(tail).join("")}`;
}
