import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RankwrightError } from "../../types/index.js";
import { openCheckpoint } from "./open-checkpoint.js";
import { writeSafetensors } from "./write.js";

let dir: string;
let file: string;
let valid: Buffer;
let headerEnd: number;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "rankwright-corruption-"));
  file = join(dir, "model.safetensors");
  const tensor = (name: string, shape: number[]) => {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1)).fill(1);
    return { name, shape, data };
  };
  await writeSafetensors(file, [
    tensor("a", [2, 3]),
    tensor("b.weight", []),
    tensor("c", [0, 9]),
    tensor("d", [4]),
  ]);
  valid = await readFile(file);
  headerEnd = 8 + Number(valid.readBigUInt64LE());
});
afterAll(() => rm(dir, { recursive: true }));

/** Opens and reads everything; says whether it went well. Anything but our own error is thrown on. */
async function survives(bytes: Uint8Array): Promise<boolean> {
  await writeFile(file, bytes);
  try {
    const checkpoint = await openCheckpoint(dir);
    try {
      for (const name of checkpoint.names()) {
        const { shape, byteLength } = checkpoint.info(name);
        const elements = shape.reduce((product, size) => product * size, 1);
        expect(byteLength).toBeLessThanOrEqual(bytes.length);
        expect(await checkpoint.read(name)).toHaveLength(elements);
      }
      return true;
    } finally {
      await checkpoint.close();
    }
  } catch (error) {
    if (!RankwrightError.isInstance(error)) throw error;
    return false;
  }
}

describe("a damaged safetensors file", () => {
  it("is read or refused with our own error, whichever header bytes change", async () => {
    const meaningful = fc.constantFrom(...Buffer.from('"{}[]:,0123456789-.eEFBUI\\ \n'));
    const change = fc.tuple(fc.nat(), fc.oneof(fc.nat(255), meaningful));
    const outcomes = new Set<boolean>();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(valid);
        for (const [at, byte] of changes) bytes[at % headerEnd] = byte;
        outcomes.add(await survives(bytes));
      }),
      { numRuns: 1000 },
    );
    expect(outcomes).toContain(false);
  });

  it("is refused at every length but its own", async () => {
    for (let length = 0; length < valid.length; length++) {
      expect(await survives(valid.subarray(0, length)), `${length} bytes`).toBe(false);
    }
    expect(await survives(Buffer.concat([valid, Buffer.alloc(1)]))).toBe(false);
    expect(await survives(valid)).toBe(true);
  });

  it("is refused or read for any header text", async () => {
    const entry = fc.record(
      {
        dtype: fc.constantFrom("F32", "F16", "I64", "F4", "f32", 1),
        shape: fc.oneof(fc.array(fc.oneof(fc.integer({ min: -1, max: 5 }), fc.double())), fc.jsonValue()),
        data_offsets: fc.oneof(fc.tuple(fc.nat(40), fc.nat(40)), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string(), entry), fc.nat(40), async (header, dataLength) => {
        const json = Buffer.from(JSON.stringify(header));
        const bytes = Buffer.alloc(8 + json.length + dataLength);
        bytes.writeBigUInt64LE(BigInt(json.length));
        json.copy(bytes, 8);
        await survives(bytes);
      }),
      { numRuns: 500 },
    );
  });
});
