import { describe, expect, it } from "vitest";
import { formatTable } from "./format-table.js";

const plain = { bold: (text: string) => text, dim: (text: string) => text, green: (text: string) => text };
const head = ["system", "nDCG@10", "AP"];
const rows = [
  ["BM25", "0.5058", "0.3013"],
  ["cross-encoder/ms-marco-MiniLM-L6-v2", "0.7430", "0.4"],
];

describe("formatTable", () => {
  it("sets names left and figures right", () => {
    expect(formatTable({ head, rows }, 80, plain)).toBe(
      [
        "system                               nDCG@10      AP",
        "BM25                                  0.5058  0.3013",
        "cross-encoder/ms-marco-MiniLM-L6-v2   0.7430     0.4",
        "",
      ].join("\n"),
    );
  });

  it("puts columns that find no room below, under the same names", () => {
    expect(formatTable({ head, rows: [rows[0] as string[]] }, 16, plain)).toBe(
      "system  nDCG@10\nBM25     0.5058\n\nsystem      AP\nBM25    0.3013\n",
    );
  });

  it("shortens names rather than pass the edge", () => {
    const lines = formatTable({ head, rows }, 30, plain).split("\n");
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(30);
    expect(lines[2]).toContain("…");
  });
});
