import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckpoint } from "./open-checkpoint.js";
import { widen } from "./widen.js";
import { type NamedTensor, writeSafetensors } from "./write.js";

let dir: string;
let file: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rankwright-write-"));
  file = join(dir, "model.safetensors");
});
afterAll(() => rm(dir, { recursive: true }));

const name = fc
  .oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "0", "constructor", ""))
  .filter((text) => text !== "__metadata__");

const tensors = fc.uniqueArray(
  fc
    .record({ name, shape: fc.array(fc.nat(4), { maxLength: 3 }), seed: fc.float() })
    .map(({ name, shape, seed }): NamedTensor => {
      const count = shape.reduce((product, size) => product * size, 1);
      return { name, shape, data: Float32Array.from({ length: count }, (_, i) => seed + i) };
    }),
  { selector: (tensor) => tensor.name, maxLength: 6 },
);

describe("writeSafetensors", () => {
  it("writes what openCheckpoint reads, for any names, shapes, values and metadata", async () => {
    const metadata = fc.option(fc.dictionary(fc.string(), fc.string()), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(tensors, metadata, async (written, metadata) => {
        await writeSafetensors(file, written, metadata);
        const checkpoint = await openCheckpoint(dir);
        expect(new Set(checkpoint.names())).toEqual(new Set(written.map((tensor) => tensor.name)));
        for (const { name, shape, data } of written) {
          expect(checkpoint.info(name)).toMatchObject({ dtype: "F32", shape });
          expect(await checkpoint.read(name)).toEqual(data);
        }
        await checkpoint.close();
      }),
    );
  });

  it("writes the bytes that the format prescribes, data aligned to 8", async () => {
    await writeSafetensors(file, [{ name: "a", shape: [1, 2], data: Float32Array.of(1, -0) }], {
      format: "pt",
    });
    const bytes = await readFile(file);
    const length = Number(bytes.readBigUInt64LE());
    expect(length % 8).toBe(0);
    expect(
      bytes
        .subarray(8, 8 + length)
        .toString()
        .trimEnd(),
    ).toBe('{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}');
    expect(bytes.subarray(8 + length).toString("hex")).toBe("0000803f00000080");
  });

  it("writes a part of a larger array", async () => {
    const data = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    await writeSafetensors(file, [{ name: "part", shape: [2], data }]);
    const checkpoint = await openCheckpoint(dir);
    expect([...(await checkpoint.read("part"))]).toEqual([2, 3]);
    await checkpoint.close();
  });

  it("writes float16, every finite number of it exactly and others rounded to the nearest", async () => {
    const halves = Uint16Array.from({ length: 0x10000 }, (_, half) => half).filter(
      (half) => (half & 0x7c00) !== 0x7c00,
    );
    const exact = new Float32Array(halves.length);
    widen("F16", new Uint8Array(halves.buffer), exact);
    const odd = { name: "odd", shape: [3], data: Float32Array.of(0.1, 1 / 3, -65519) };
    const all = { name: "all", shape: [2, exact.length / 2], data: exact };
    await writeSafetensors(file, [odd, all], undefined, { dtype: "F16" });
    const checkpoint = await openCheckpoint(dir);
    expect(checkpoint.info("all")).toMatchObject({ dtype: "F16", byteLength: 2 * exact.length });
    // Compared as bits, so that -0 is not 0.
    const found = await checkpoint.read("all");
    expect(Buffer.from(found.buffer).equals(Buffer.from(exact.buffer))).toBe(true);
    expect([...(await checkpoint.read("odd"))]).toEqual([1638 / 16384, 1365 / 4096, -65504]);
    await checkpoint.close();
  });

  it.each([65520, -1e30, Number.NEGATIVE_INFINITY, Number.NaN])(
    "refuses %f as float16, names tensor and value, and keeps the file there was",
    async (value) => {
      await writeSafetensors(file, [{ name: "a", shape: [1], data: Float32Array.of(1) }]);
      const before = await readFile(file);
      const data = Float32Array.of(1, value);
      await expect(
        writeSafetensors(file, [{ name: "head.bias", shape: [2], data }], undefined, { dtype: "F16" }),
      ).rejects.toMatchObject({
        code: "INVALID_OPTION",
        message: expect.stringContaining(`tensor "head.bias" holds ${Math.fround(value)} at element 1`),
        value: Math.fround(value),
      });
      expect((await readFile(file)).equals(before)).toBe(true);
    },
  );

  it("leaves readers of the replaced file undisturbed", async () => {
    await writeSafetensors(file, [{ name: "a", shape: [1], data: Float32Array.of(1) }]);
    const before = await openCheckpoint(dir);
    await writeSafetensors(file, [{ name: "b", shape: [1], data: Float32Array.of(2) }]);
    expect([...(await before.read("a"))]).toEqual([1]);
    await before.close();
  });

  const one = { shape: [1], data: Float32Array.of(1) };

  it.each([
    ["a shape that does not fit", [{ name: "a", shape: [2], data: Float32Array.of(1) }], "tensors[0].shape"],
    ["a negative shape", [{ name: "a", shape: [-1, -1], data: Float32Array.of(1) }], "tensors[0].shape"],
    [
      "a name twice",
      [
        { name: "a", ...one },
        { name: "a", ...one },
      ],
      "tensors[1].name",
    ],
    ["the reserved name", [{ name: "__metadata__", ...one }], "tensors[0].name"],
  ])("refuses %s", async (_, written, field) => {
    await expect(writeSafetensors(file, written)).rejects.toMatchObject({ code: "INVALID_OPTION", field });
  });

  it("leaves nothing behind when it fails", async () => {
    const taken = await mkdtemp(join(dir, "taken-"));
    const failure = { code: "WRITE_FAILED", field: "path" };
    await expect(writeSafetensors(taken, [{ name: "a", ...one }])).rejects.toMatchObject(failure);
    await expect(writeSafetensors(join(dir, "none", "x"), [])).rejects.toMatchObject(failure);
    expect((await readdir(dir)).filter((entry) => entry.endsWith(".tmp"))).toEqual([]);
  });
});
