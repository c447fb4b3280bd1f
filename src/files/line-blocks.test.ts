import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineBlocks } from "./line-blocks.js";
import { readLines } from "./read-lines.js";
import { collect, inChunks } from "./testing/temporary-folder.js";

describe("lineBlocks", () => {
  it("cuts at line ends only and loses nothing, wherever the chunks end", async () => {
    const text = fc.array(fc.constantFrom("a", "bc", "\n", "\r\n", "ü"), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
        async (parts, sizes) => {
          const bytes = Buffer.from(parts.join(""));
          const blocks: string[] = [];
          for await (const block of lineBlocks(inChunks(bytes, ...sizes), "x"))
            blocks.push(String(Buffer.from(block)));
          expect(blocks.join("")).toBe(String(bytes));
          for (const block of blocks.slice(0, -1)) expect(block.endsWith("\n")).toBe(true);
          expect(blocks).not.toContain("");
        },
      ),
    );
  });

  it("refuses to hold a line without end", async () => {
    const endless = inChunks(Buffer.alloc(10_000, "x"), 100);
    await expect(collect(lineBlocks(endless, "big.run", 1000))).rejects.toMatchObject({
      code: "LINE_TOO_LONG",
      message:
        "big.run: a line is longer than 1000 bytes; is this the right file? Its lines must end with a line feed.",
    });
    const lines = inChunks(Buffer.from("x\n".repeat(5000)), 100);
    expect(await collect(readLines(lines, "x", 1000))).toHaveLength(5000);
  });
});
