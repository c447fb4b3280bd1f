import { describe, expect, it } from "vitest";
import { peekFirstByte } from "./first-byte.js";
import { collect, inChunks } from "./testing/temporary-folder.js";

async function* once(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe("peekFirstByte", () => {
  it.each([
    ["{}", "{"],
    ["\ufeff\r\n \t<top>", "<"],
    ["1\tx", "1"],
    ["", undefined],
    [" \n", undefined],
  ])("finds what %j begins with, and keeps all of it", async (text, first) => {
    for (const size of [1, 3, 100]) {
      const { firstByte, chunks } = await peekFirstByte(once(Buffer.from(text), size));
      expect(firstByte).toBe(first?.charCodeAt(0));
      expect(String(Buffer.concat(await collect(chunks)))).toBe(text);
    }
  });

  it("ends its source when the consumer stops early", async () => {
    let ended = false;
    const source = async function* () {
      try {
        yield* inChunks(Buffer.from("abc"), 1);
      } finally {
        ended = true;
      }
    };
    const { chunks } = await peekFirstByte(source());
    for await (const _ of chunks) break;
    expect(ended).toBe(true);
  });
});
