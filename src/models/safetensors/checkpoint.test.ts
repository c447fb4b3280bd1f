import { createHash } from "node:crypto";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHUNK_ELEMENTS } from "./checkpoint.js";
import { openCheckpoint } from "./open-checkpoint.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rankwright-checkpoint-"));
});
afterAll(() => rm(dir, { recursive: true }));

/** A file by hand, so that these tests do not rest on our own writer. */
async function put(header: object, data: Uint8Array): Promise<Buffer> {
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  const bytes = Buffer.concat([length, json, data]);
  await writeFile(join(dir, "model.safetensors"), bytes);
  return bytes;
}

const bytesOf = (array: ArrayBufferView<ArrayBuffer>) => new Uint8Array(array.buffer);

async function chunks(tensor: AsyncIterable<Float32Array>): Promise<Float32Array[]> {
  const all: Float32Array[] = [];
  for await (const chunk of tensor) all.push(chunk.slice());
  return all;
}

describe("a checkpoint", () => {
  it("reads every float type as float32, wherever in the file it lies", async () => {
    const data = Buffer.concat([
      bytesOf(Uint8Array.of(9)), // everything after this is unaligned
      bytesOf(Float32Array.of(1.5, -2)),
      bytesOf(Uint16Array.of(0x3c00, 0xc400)),
      bytesOf(Uint16Array.of(0x3f80, 0xc080)),
      bytesOf(Float64Array.of(0.1)),
    ]);
    await put(
      {
        flag: { dtype: "BOOL", shape: [1], data_offsets: [0, 1] },
        f32: { dtype: "F32", shape: [2, 1], data_offsets: [1, 9] },
        f16: { dtype: "F16", shape: [2], data_offsets: [9, 13] },
        bf16: { dtype: "BF16", shape: [2], data_offsets: [13, 17] },
        f64: { dtype: "F64", shape: [], data_offsets: [17, 25] },
      },
      data,
    );
    const checkpoint = await openCheckpoint(dir);
    expect(checkpoint.names()).toEqual(["flag", "f32", "f16", "bf16", "f64"]);
    expect(checkpoint.info("f32")).toEqual({
      dtype: "F32",
      shape: [2, 1],
      byteLength: 8,
      file: "model.safetensors",
    });
    expect([...(await checkpoint.read("f32"))]).toEqual([1.5, -2]);
    expect([...(await checkpoint.read("f16"))]).toEqual([1, -4]);
    expect([...(await checkpoint.read("bf16"))]).toEqual([1, -4]);
    expect([...(await checkpoint.read("f64"))]).toEqual([Math.fround(0.1)]);
    await expect(checkpoint.read("flag")).rejects.toMatchObject({
      code: "UNSUPPORTED_FEATURE",
      field: 'tensor "flag": dtype',
      value: "BOOL",
    });
    await checkpoint.close();
  });

  it.each(["F32", "BF16"] as const)(
    "streams a large %s tensor in chunks that join to what read() gives",
    async (dtype) => {
      const count = CHUNK_ELEMENTS + 3;
      const data = dtype === "F32" ? new Float32Array(count) : new Uint16Array(count);
      for (let i = 0; i < count; i++) data[i] = (i * 7919) % 30000;
      await put({ big: { dtype, shape: [count], data_offsets: [0, data.byteLength] } }, bytesOf(data));
      const checkpoint = await openCheckpoint(dir);
      const [first, last, ...more] = await chunks(checkpoint.stream("big"));
      expect([first?.length, last?.length, more.length]).toEqual([CHUNK_ELEMENTS, 3, 0]);
      const whole = await checkpoint.read("big");
      expect(
        Buffer.compare(bytesOf(whole), Buffer.concat([first, last].map((c) => Buffer.from(c!.buffer)))),
      ).toBe(0);
      expect(whole[count - 1]).toBe(
        dtype === "F32"
          ? data[count - 1]
          : new Float32Array(Uint32Array.of(data[count - 1]! << 16).buffer)[0],
      );
      await checkpoint.close();
    },
  );

  it("streams nothing for an empty tensor", async () => {
    await put({ none: { dtype: "F16", shape: [0, 4], data_offsets: [0, 0] } }, new Uint8Array());
    const checkpoint = await openCheckpoint(dir);
    expect(await chunks(checkpoint.stream("none"))).toEqual([]);
    expect(await checkpoint.read("none")).toEqual(new Float32Array());
    await checkpoint.close();
  });

  it("names the nearest tensors when one is missing", async () => {
    const scalar = (at: number) => ({ dtype: "U8", shape: [], data_offsets: [at, at + 1] });
    await put({ "bert.pooler.dense.bias": scalar(0), "classifier.bias": scalar(1) }, new Uint8Array(2));
    const checkpoint = await openCheckpoint(dir);
    const missing = expect.objectContaining({
      code: "MISSING_TENSOR",
      message: expect.stringContaining(
        'no tensor "pooler.dense.bias"; the nearest are "bert.pooler.dense.bias"',
      ),
    });
    expect(() => checkpoint.info("pooler.dense.bias")).toThrow(missing);
    expect(() => checkpoint.stream("pooler.dense.bias")).toThrow(missing);
    await expect(checkpoint.read("pooler.dense.bias")).rejects.toThrow(missing);
    await checkpoint.close();
  });

  it("identifies itself by the checksum of its file", async () => {
    const bytes = await put({}, new Uint8Array());
    const checkpoint = await openCheckpoint(dir);
    expect(await checkpoint.identity()).toBe(createHash("sha256").update(bytes).digest("hex"));
    await checkpoint.close();
  });

  it("refuses to be read once closed, and may be closed twice", async () => {
    await put({ a: { dtype: "F32", shape: [1], data_offsets: [0, 4] } }, new Uint8Array(4));
    const checkpoint = await openCheckpoint(dir);
    const stream = checkpoint.stream("a");
    await checkpoint.close();
    await checkpoint.close();
    await expect(checkpoint.read("a")).rejects.toMatchObject({ code: "CLOSED" });
    await expect(chunks(stream)).rejects.toMatchObject({ code: "CLOSED" });
    await expect(checkpoint.identity()).rejects.toMatchObject({ code: "CLOSED" });
  });

  it("notices a file that is cut after it was opened", async () => {
    const bytes = await put({ a: { dtype: "F32", shape: [2], data_offsets: [0, 8] } }, new Uint8Array(8));
    const checkpoint = await openCheckpoint(dir);
    await truncate(join(dir, "model.safetensors"), bytes.length - 1);
    await expect(checkpoint.read("a")).rejects.toMatchObject({ code: "INVALID_SAFETENSORS" });
    await checkpoint.close();
  });
});
