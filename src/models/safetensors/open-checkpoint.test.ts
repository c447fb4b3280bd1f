import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCheckpoint } from "./open-checkpoint.js";
import { writeSafetensors } from "./write.js";

const GOLDENS = join(import.meta.dirname, "../../../goldens/models");

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "rankwright-open-"));
});
afterEach(() => rm(dir, { recursive: true }));

const put = (file: string, content: string | Uint8Array) => writeFile(join(dir, file), content);
const tensor = (name: string, value: number) => ({ name, shape: [1], data: Float32Array.of(value) });

async function putShards(weightMap: unknown): Promise<void> {
  await writeSafetensors(join(dir, "model-1.safetensors"), [tensor("a", 1), tensor("b", 2)]);
  await writeSafetensors(join(dir, "model-2.safetensors"), [tensor("b", 3), tensor("c", 4)]);
  await put("model.safetensors.index.json", JSON.stringify({ metadata: {}, weight_map: weightMap }));
}

describe("openCheckpoint on a single file", () => {
  it.each([
    ["bert-f16", "F16"],
    ["bert-bf16", "BF16"],
    ["bert-1label", "F32"],
  ] as const)("opens what transformers saved: %s", async (folder, dtype) => {
    const checkpoint = await openCheckpoint(join(GOLDENS, folder));
    const name = "bert.encoder.layer.1.output.LayerNorm.weight";
    expect(checkpoint.info(name)).toMatchObject({ dtype, shape: [16], file: "model.safetensors" });
    // The goldens draw LayerNorm weights from a normal distribution around 1.
    const mean = (await checkpoint.read(name)).reduce((sum, weight) => sum + weight, 0) / 16;
    expect(Math.abs(mean - 1)).toBeLessThan(0.4);
    await checkpoint.close();
  });

  it.each([
    ["an empty file", new Uint8Array(), "file length", "less than the 8 bytes"],
    [
      "a cut file",
      Uint8Array.of(200, 0, 0, 0, 0, 0, 0, 0, 123),
      "header length",
      "more than the file's 9 bytes",
    ],
    ["a length beyond 2^53", new Uint8Array(16).fill(255), "header length", "is 18446744073709551615"],
    [
      "a Git LFS pointer",
      Buffer.from("version https://git-lfs.github.com/spec/v1\n"),
      "header length",
      "git lfs pull",
    ],
  ])("refuses %s", async (_, bytes, field, reason) => {
    await put("model.safetensors", bytes);
    await expect(openCheckpoint(dir)).rejects.toMatchObject({
      code: "INVALID_SAFETENSORS",
      field,
      message: expect.stringContaining(reason),
    });
  });

  it("reserves no memory for a header that the file cannot hold", async () => {
    const bytes = Buffer.alloc(1000);
    bytes.writeBigUInt64LE(90_000_000n);
    await put("model.safetensors", bytes);
    const before = process.memoryUsage().arrayBuffers;
    await expect(openCheckpoint(dir)).rejects.toMatchObject({ code: "INVALID_SAFETENSORS" });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
  });

  it("says what to do when there are no safetensors", async () => {
    await put("pytorch_model.bin", "");
    await expect(openCheckpoint(dir)).rejects.toMatchObject({
      code: "MODEL_FILE_MISSING",
      message: expect.stringMatching(/holds "pytorch_model.bin".*save_pretrained/),
    });
    await put("adapter_model.safetensors", "");
    await rm(join(dir, "pytorch_model.bin"));
    await expect(openCheckpoint(dir)).rejects.toThrow(/holds "adapter_model.safetensors".*merged/);
  });

  it("refuses folders that are not there and files that are folders", async () => {
    await expect(openCheckpoint(join(dir, "none"))).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
    await mkdir(join(dir, "model.safetensors"));
    await expect(openCheckpoint(dir)).rejects.toMatchObject({
      code: "FILE_NOT_FOUND",
      message: expect.stringContaining("not a regular file"),
    });
  });
});

describe("openCheckpoint on shards", () => {
  it("finds every tensor that transformers spread over three files", async () => {
    const checkpoint = await openCheckpoint(join(GOLDENS, "bert-sharded"));
    const files = new Set(checkpoint.names().map((name) => checkpoint.info(name).file));
    expect([...files].sort()).toEqual([1, 2, 3].map((n) => `model-0000${n}-of-00003.safetensors`));
    expect(checkpoint.names()).toHaveLength(41);
    for (const name of checkpoint.names()) {
      expect(await checkpoint.read(name)).toHaveLength(
        checkpoint.info(name).shape.reduce((a, b) => a * b, 1),
      );
    }
    await checkpoint.close();
  });

  it("takes each tensor from the file that the index names", async () => {
    await putShards({ c: "model-2.safetensors", b: "model-2.safetensors", a: "model-1.safetensors" });
    const checkpoint = await openCheckpoint(dir);
    expect(checkpoint.names()).toEqual(["c", "b", "a"]);
    expect([...(await checkpoint.read("b"))]).toEqual([3]);
    await checkpoint.close();
  });

  it("prefers the single file, as transformers does", async () => {
    await putShards({ a: "model-1.safetensors" });
    await writeSafetensors(join(dir, "model.safetensors"), [tensor("whole", 5)]);
    const checkpoint = await openCheckpoint(dir);
    expect(checkpoint.names()).toEqual(["whole"]);
    await checkpoint.close();
  });

  it("identifies itself by the index and the shards in the order of their names", async () => {
    await putShards({ c: "model-2.safetensors", a: "model-1.safetensors" });
    const checkpoint = await openCheckpoint(dir);
    const hash = createHash("sha256");
    for (const file of ["model.safetensors.index.json", "model-1.safetensors", "model-2.safetensors"]) {
      hash.update(await readFile(join(dir, file)));
    }
    expect(await checkpoint.identity()).toBe(hash.digest("hex"));
    await checkpoint.close();
  });

  it.each([
    ["a tensor that its shard lacks", { a: "model-2.safetensors" }, 'weight_map: "a"', "without that tensor"],
    ["a file that does not exist", { a: "model-3.safetensors" }, 'weight_map: "a"', "folder does not hold"],
    ["a way out of the folder", { a: "../model-1.safetensors" }, 'weight_map: "a"', "relative step"],
    ["an absolute path", { a: "/etc/passwd" }, 'weight_map: "a"', "is absolute"],
    ["a number for a file", { a: 1 }, 'weight_map: "a"', "not a file name"],
    ["no map", undefined, "weight_map", "not a JSON object"],
    ["a list for a map", ["model-1.safetensors"], "weight_map", "not a JSON object"],
  ])("refuses an index with %s", async (_, weightMap, field, reason) => {
    await putShards(weightMap);
    await expect(openCheckpoint(dir)).rejects.toMatchObject({
      code: "INVALID_SAFETENSORS",
      field,
      message: expect.stringContaining(reason),
    });
  });

  it.each([
    ["{", "cannot be parsed"],
    ['{"weight_map":{"a":"model-1.safetensors","a":"model-2.safetensors"}}', '"weight_map.a" occurs twice'],
  ])("refuses the index %s", async (json, reason) => {
    await putShards({});
    await put("model.safetensors.index.json", json);
    await expect(openCheckpoint(dir)).rejects.toThrow(reason);
  });
});
