/**
 * Plain-text columns: the first to the left, the others to the right.
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
export function table(head, rows) {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  const line = (cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "-".repeat(width));
  return [line(head), line(rule), ...rows.map(line)].map((text) => `  ${text}`).join("\n");
}

/** Three significant digits or whole numbers, whichever is more. */
export function number(/** @type {number} */ value) {
  if (value >= 100) return Math.round(value).toString();
  if (value >= 10) return value.toFixed(1);
  return value.toFixed(2);
}

/** As `1.2e-7`. */
export function tiny(/** @type {number} */ value) {
  return value.toExponential(1);
}

export function megabytes(/** @type {number} */ bytes) {
  return Math.round(bytes / 1e6).toString();
}
