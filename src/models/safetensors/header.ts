import { show } from "../../types/index.js";
import { DTYPE_BITS, type DType, isDType } from "./dtype.js";
import { invalid } from "./errors.js";
import { parseStrictJson } from "./json.js";

/** Where a tensor lies in its file. */
export interface TensorEntry {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Offset of the first byte, counted from the end of the header. */
  readonly start: number;
  readonly byteLength: number;
}

/**
 * Reads the JSON header of a safetensors file and checks that its tensors tile the data exactly: no
 * overlaps, holes or spare bytes. Format: https://github.com/huggingface/safetensors#format.
 *
 * @param dataLength bytes behind the header
 * @throws RankwrightError INVALID_SAFETENSORS
 */
export function parseHeader(
  path: string,
  bytes: Uint8Array,
  dataLength: number,
): ReadonlyMap<string, TensorEntry> {
  const header = parseObject(path, "header", bytes);
  const tensors = new Map<string, TensorEntry>();
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") checkMetadata(path, value);
    else tensors.set(name, parseEntry(path, name, value, dataLength));
  }
  checkTiling(path, tensors, dataLength);
  return tensors;
}

/** A JSON object from UTF-8 bytes, without duplicate keys. */
export function parseObject(
  path: string,
  field: string,
  bytes: Uint8Array,
): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseStrictJson(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    const why = `which cannot be parsed: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw invalid(path, field, Buffer.from(bytes.subarray(0, 60)).toString("latin1"), why, { cause });
  }
  if (!isObject(value)) throw invalid(path, field, value, "not a JSON object");
  return value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkMetadata(path: string, value: unknown): void {
  if (!isObject(value) || Object.values(value).some((entry) => typeof entry !== "string")) {
    throw invalid(path, "__metadata__", value, "not an object of strings");
  }
}

function parseEntry(path: string, name: string, value: unknown, dataLength: number): TensorEntry {
  if (!isObject(value)) throw invalid(path, `tensor ${show(name)}`, value, "not an object");
  const { dtype, shape, data_offsets: offsets } = value;
  const wrong = (field: string, found: unknown, why: string) =>
    invalid(path, `tensor ${show(name)}: ${field}`, found, why);
  if (!isDType(dtype)) throw wrong("dtype", dtype, `not one of ${Object.keys(DTYPE_BITS).join(", ")}`);
  if (!isSizes(shape)) throw wrong("shape", shape, "not a list of whole numbers from 0");
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw wrong("data_offsets", offsets, "not two whole numbers from 0");
  }
  const [start, end] = offsets as readonly [number, number];
  if (start > end) throw wrong("data_offsets", offsets, "which ends before it begins");
  if (end > dataLength) throw wrong("data_offsets", offsets, `beyond the ${dataLength} bytes of data`);

  // A product beyond 2^53 stays there unless a size is 0, so a safe one is exact.
  const bits = shape.reduce((product, size) => product * size, DTYPE_BITS[dtype]);
  if (!Number.isSafeInteger(bits)) throw wrong("shape", shape, "more elements than a file can hold");
  const byteLength = end - start;
  if (bits !== byteLength * 8) {
    throw wrong(
      "data_offsets",
      offsets,
      `${byteLength} bytes where ${dtype} ${show(shape)} takes ${bits / 8}`,
    );
  }
  return { dtype, shape, start, byteLength };
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function checkTiling(path: string, tensors: ReadonlyMap<string, TensorEntry>, dataLength: number): void {
  const ordered = [...tensors].sort(
    ([, a], [, b]) => a.start - b.start || a.start + a.byteLength - (b.start + b.byteLength),
  );
  let end = 0;
  for (const [name, { start, byteLength }] of ordered) {
    if (start !== end) {
      const why =
        start < end
          ? `overlapping the tensor before it, which ends at ${end}`
          : `leaving ${start - end} bytes before it that belong to no tensor`;
      throw invalid(path, `tensor ${show(name)}: data_offsets`, [start, start + byteLength], why);
    }
    end += byteLength;
  }
  if (end !== dataLength) {
    throw invalid(path, "file length", dataLength - end, "bytes behind the last tensor that belong to none");
  }
}
