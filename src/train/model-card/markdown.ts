/** Text on one line, with everything escaped that Markdown, its tables and HTML would read as markup. */
export function plainText(text: string): string {
  return oneLine(text)
    .replace(/[\\`*[\]<>|#]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
}

/** Text as a code span. */
export function codeText(text: string): string {
  return `\`${oneLine(text).replaceAll("`", "'")}\``;
}

function oneLine(text: string): string {
  return text.toWellFormed().replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\s]+/gu, " ");
}
