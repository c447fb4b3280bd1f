import { randomBytes } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { writeError } from "../../files/write-error.js";
import { RankwrightError, show } from "../../types/index.js";
import { DTYPE_BITS } from "./dtype.js";
import { fitsFloat16, MAX_FLOAT16, nearestFloat16 } from "./narrow.js";

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major, as many elements as `shape` says. */
  readonly data: Float32Array;
}

/** The types that are written. */
export type WrittenDType = "F32" | "F16";

export interface WriteOptions {
  /** `F16` takes half the room and rounds each number to the nearest of its kind. Default: `F32`, exact. */
  readonly dtype?: WrittenDType | undefined;
}

/**
 * Writes tensors as one safetensors file, in their order. The file appears under its name only when
 * it is complete and on disk; readers of an older file under that name are not disturbed.
 *
 * @param metadata strings that other tools read, e.g. `{ format: "pt" }` which transformers insists on
 * @throws RankwrightError INVALID_OPTION (also for a number that float16 cannot hold), DISK_FULL, WRITE_FAILED
 */
export async function writeSafetensors(
  path: string,
  tensors: readonly NamedTensor[],
  metadata?: Readonly<Record<string, string>>,
  { dtype = "F32" }: WriteOptions = {},
): Promise<void> {
  const header = headerOf(tensors, dtype, metadata);
  // Before anything is written.
  if (dtype === "F16") for (const tensor of tensors) checkFitsFloat16(tensor);
  const temporary = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(header);
      for (const { data } of tensors) await writeBytes(handle, dtype === "F16" ? halves(data) : data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw writeError(path, error, "path");
  }
}

async function writeBytes(handle: FileHandle, data: Float32Array | Uint16Array): Promise<void> {
  await handle.writeFile(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function halves(data: Float32Array): Uint16Array {
  const out = new Uint16Array(data.length);
  for (let i = 0; i < data.length; i++) out[i] = nearestFloat16(data[i]!);
  return out;
}

function checkFitsFloat16({ name, data }: NamedTensor): void {
  const index = data.findIndex((value) => !fitsFloat16(value));
  if (index === -1) return;
  const value = data[index];
  throw new RankwrightError(
    "INVALID_OPTION",
    `tensor ${show(name)} holds ${value} at element ${index}; float16 ends at ${MAX_FLOAT16} and takes no NaN, so write float32`,
    { field: `tensor ${show(name)}`, value },
  );
}

/** Length, JSON, and spaces so that the data starts at a multiple of 8 bytes. */
function headerOf(
  tensors: readonly NamedTensor[],
  dtype: WrittenDType,
  metadata: Readonly<Record<string, string>> | undefined,
): Uint8Array {
  const entries = new Map<string, unknown>();
  let offset = 0;
  for (const [index, { name, shape, data }] of tensors.entries()) {
    const field = `tensors[${index}]`;
    if (name === "__metadata__" || entries.has(name)) {
      const why = name === "__metadata__" ? "is reserved by the format" : "occurs twice";
      throw invalidOption(`${field}.name`, name, `${why}; give each tensor a name of its own`);
    }
    const valid = shape.every((size) => Number.isSafeInteger(size) && size >= 0);
    if (!valid || shape.reduce((product, size) => product * size, 1) !== data.length) {
      throw invalidOption(
        `${field}.shape`,
        shape,
        `must multiply to the ${data.length} elements of its data`,
      );
    }
    const end = offset + (data.length * DTYPE_BITS[dtype]) / 8;
    entries.set(name, { dtype, shape, data_offsets: [offset, end] });
    offset = end;
  }
  const all = metadata === undefined ? entries : new Map([["__metadata__", metadata], ...entries]);
  const json = Buffer.from(JSON.stringify(Object.fromEntries(all)), "utf8");
  const header = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, " ");
  header.writeBigUInt64LE(BigInt(header.length - 8));
  json.copy(header, 8);
  return header;
}

function invalidOption(field: string, value: unknown, why: string): RankwrightError {
  return new RankwrightError("INVALID_OPTION", `${field} ${show(value)} ${why}`, { field, value });
}
