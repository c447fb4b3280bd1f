/** The beginning of a text, at most `length` characters, on one line. */
export function clip(text: string, length: number): string {
  // Surrogate pairs take two units: look at twice the length, and not at megabytes.
  const characters = [...text.slice(0, 2 * length + 2).replace(/\s+/g, " ")];
  if (characters.length <= length && text.length <= 2 * length + 2) return characters.join("");
  return `${characters
    .slice(0, length - 1)
    .join("")
    .trimEnd()}…`;
}
