/** As many as are read by default. */
const MOST = 8;

/** Neighbours share an eighth, as windows of 256 tokens with an overlap of 32 do. */
const STEP = 7 / 8;

/** How far a passage's start is moved to fall between words, in characters. */
const TO_NEXT_WORD = 20;

/**
 * A text as overlapping passages of about `share` of its length, in (0, 1]; at most eight, from its start.
 *
 * @returns at least one
 */
export function passages(text: string, share: number): string[] {
  const length = Math.max(1, Math.ceil(text.length * share));
  const step = Math.max(1, Math.floor(length * STEP));
  const found = [text.slice(0, length)];
  for (let start = step; found.length < MOST && start + length - step < text.length; start += step) {
    const space = text.slice(start, start + TO_NEXT_WORD).search(/\s/);
    found.push(text.slice(start + space + 1, start + length));
  }
  return found;
}
