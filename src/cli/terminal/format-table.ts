import { displayWidth, oneLine, pad, shorten } from "./display-text.js";
import type { Style } from "./style.js";

export interface Table {
  readonly head: readonly string[];
  /** As many cells as the head has. The first column names the row and stands left, the others right. */
  readonly rows: readonly (readonly string[])[];
}

const GAP = "  ";
/** The first column never gets narrower than this. */
const LEAST_NAME = 12;

/**
 * A table that fits a terminal: columns that find no room go into a further block below, under the same row
 * names; names that are too long even so are shortened.
 */
export function formatTable({ head, rows }: Table, columns: number, style: Style): string {
  const cells = [head, ...rows].map((row) => row.map(oneLine));
  const widths = head.map((_, c) =>
    cells.reduce((widest, row) => Math.max(widest, displayWidth(row[c] as string)), 0),
  );
  const widest = Math.max(0, ...widths.slice(1)) + GAP.length;
  const name = Math.min(widths[0] as number, Math.max(LEAST_NAME, columns - widest));
  return blocks(widths, name, columns)
    .map((block) =>
      cells
        .map((row, r) => {
          const first = pad(shorten(row[0] as string, name), name, "left");
          const others = block.map((c) => pad(row[c] as string, widths[c] as number, "right"));
          const line = [first, ...others].join(GAP).trimEnd();
          return `${r === 0 ? style.dim(line) : line}\n`;
        })
        .join(""),
    )
    .join("\n");
}

/** Which columns, besides the first, stand together. */
function blocks(widths: readonly number[], name: number, columns: number): number[][] {
  const found: number[][] = [[]];
  let taken = name;
  for (let c = 1; c < widths.length; c++) {
    const width = GAP.length + (widths[c] as number);
    if (taken + width > columns && (found.at(-1) as number[]).length > 0) {
      found.push([]);
      taken = name;
    }
    (found.at(-1) as number[]).push(c);
    taken += width;
  }
  return found;
}
