import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FieldScanner, type Separator } from "./field-scanner.js";
import { lineBlocks } from "./line-blocks.js";
import { inChunks } from "./testing/temporary-folder.js";

interface ScannedLine {
  readonly line: number;
  readonly count: number;
  readonly fields: readonly string[];
}

async function scan(text: string, sizes: readonly number[], separator?: Separator): Promise<ScannedLine[]> {
  const scanner = new FieldScanner("x", separator);
  const lines: ScannedLine[] = [];
  for await (const block of lineBlocks(inChunks(Buffer.from(text), ...sizes), "x")) {
    scanner.load(block);
    while (scanner.next()) {
      const kept = Math.min(scanner.count, 8);
      const fields = Array.from({ length: kept }, (_, i) => scanner.text(i));
      lines.push({ line: scanner.line, count: scanner.count, fields });
    }
  }
  return lines;
}

function naive(text: string, space: RegExp): ScannedLine[] {
  return text
    .replace(/^\ufeff/, "")
    .split("\n")
    .map((row, i) => ({ line: i + 1, fields: row.split(space).filter((field) => field !== "") }))
    .filter(({ fields }) => fields.length > 0)
    .map(({ line, fields }) => ({ line, count: fields.length, fields: fields.slice(0, 8) }));
}

const piece = fc.oneof(
  fc.constantFrom(" ", "\t", "\n", "\r\n", "\v", "\f", "  "),
  fc.string({ unit: "binary", maxLength: 4 }).filter((text) => text.isWellFormed()),
  fc.constantFrom("q1", "d-7", "1.5", "ü", "日本", "\u00a0", "\u0000", "😀"),
);
const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(""));
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });

describe("FieldScanner", () => {
  it("finds the fields that splitting every line finds, wherever the chunks end", async () => {
    await fc.assert(
      fc.asyncProperty(text, sizes, fc.boolean(), async (content, chunks, mark) => {
        const all = mark ? `\ufeff${content}` : content;
        expect(await scan(all, chunks)).toEqual(naive(all, /[\t-\r ]+/));
        expect(await scan(all, chunks, "tab")).toEqual(naive(all, /[\t-\r]+/));
      }),
      { numRuns: 500 },
    );
  });

  it("compares, copies, hashes and counts without making strings", () => {
    const scanner = new FieldScanner("x");
    scanner.load(Buffer.from("ab 2.5 ab abc\n"));
    scanner.next();
    expect(scanner.equals(0, scanner.copy(2))).toBe(true);
    expect(scanner.equals(0, scanner.copy(3))).toBe(false);
    expect(scanner.hash(0)).toBe(scanner.hash(2));
    expect(scanner.hash(0)).not.toBe(scanner.hash(3));
    expect(scanner.number(1)).toBe(2.5);
    expect(scanner.number(0)).toBeNaN();
    expect(scanner.excerpt()).toBe("ab 2.5 ab abc");
  });

  it("reads a line again with another separator", () => {
    const scanner = new FieldScanner("x", "tab");
    scanner.load(Buffer.from("\na b\nc d\n"));
    scanner.next();
    expect([scanner.line, scanner.count]).toEqual([2, 1]);
    scanner.again("white space");
    expect([scanner.line, scanner.count]).toEqual([2, 2]);
    scanner.next();
    expect([scanner.line, scanner.text(1)]).toEqual([3, "d"]);
  });

  it("names the line that is not UTF-8", () => {
    const scanner = new FieldScanner("a.run");
    scanner.load(Buffer.from("ok\ngr\u00fcn\n", "latin1"));
    scanner.next();
    expect(scanner.text(0)).toBe("ok");
    scanner.next();
    expect(() => scanner.text(0)).toThrow(
      "a.run, line 2: these bytes are not UTF-8; save the file as UTF-8.",
    );
  });
});
