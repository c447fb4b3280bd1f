import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Line, readLines } from "./read-lines.js";

async function* inPieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function lines(bytes: Uint8Array, size = 7): Promise<Line[]> {
  const read: Line[] = [];
  for await (const line of readLines(inPieces(bytes, size), "x")) read.push(line);
  return read;
}

describe("readLines", () => {
  it("gives back the lines of any text, however the bytes arrive", async () => {
    const line = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n\ufeff]/g, ""));
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1 }),
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.integer({ min: 1, max: 9 }),
        async (texts, end, mark, size) => {
          const bytes = Buffer.from((mark ? "\ufeff" : "") + texts.map((text) => text + end).join(""));
          expect(await lines(bytes, size)).toEqual(texts.map((text, i) => ({ number: i + 1, text })));
        },
      ),
    );
  });

  it("takes a last line without an end, and no line after the last end", async () => {
    expect(await lines(Buffer.from("a\nb"))).toHaveLength(2);
    expect(await lines(Buffer.from("a\nb\n"))).toHaveLength(2);
    expect(await lines(Buffer.from(""))).toEqual([]);
  });

  it("names the line that is not UTF-8, wherever it stands", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 20 }),
        fc.nat({ max: 20 }),
        fc.constantFrom([0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xe2, 0x82]),
        async (before, after, bad) => {
          const good = Buffer.from("grün\n");
          const bytes = Buffer.concat([
            ...Array.from({ length: before }, () => good),
            Buffer.from([...bad, 0x0a]),
            ...Array.from({ length: after }, () => good),
          ]);
          await expect(lines(bytes)).rejects.toMatchObject({
            code: "INVALID_UTF8",
            message: `x, line ${before + 1}: these bytes are not UTF-8; save the file as UTF-8.`,
          });
        },
      ),
    );
  });
});
