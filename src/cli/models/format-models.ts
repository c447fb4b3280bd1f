import type { CachedModel } from "../../models/index.js";
import { bytes } from "../terminal/units.js";

/** The models of the cache, one revision a line: name, size, commit with its branches, folder. */
export function formatModels(models: readonly CachedModel[]): string {
  const rows = models.flatMap(({ id, revisions }) =>
    revisions.map(({ commit, refs, folder, files }) => [
      id,
      bytes(files.reduce((sum, file) => sum + file.bytes, 0)),
      [commit.slice(0, 12), ...refs].join(" "),
      folder,
    ]),
  );
  const table = [["model", "size", "revision", "folder"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}\n`)
    .join("");
}
