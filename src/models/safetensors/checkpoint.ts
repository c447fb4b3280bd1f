import { createHash } from "node:crypto";
import { RankwrightError, show } from "../../types/index.js";
import { DTYPE_BITS, type DType, type FloatDType, isFloat } from "./dtype.js";
import type { TensorEntry } from "./header.js";
import { nearestNames } from "./nearest.js";
import type { Shard } from "./shard.js";
import { widen } from "./widen.js";

/** Elements per streamed chunk: 1 MiB of float32. */
export const CHUNK_ELEMENTS = 2 ** 18;

const HASH_BYTES = 2 ** 20;

export interface TensorInfo {
  readonly dtype: DType;
  /** Sizes from the outermost axis in; empty for a scalar. */
  readonly shape: readonly number[];
  /** Bytes in the file, before any widening. */
  readonly byteLength: number;
  /** Name of the file inside the folder. */
  readonly file: string;
}

/** The tensors of a model folder, read piece by piece from open files; never a file at once. */
export interface Checkpoint {
  /** In the order of the header or index. */
  names(): readonly string[];
  /** @throws RankwrightError MISSING_TENSOR */
  info(name: string): TensorInfo;
  /**
   * A tensor's elements in row-major order as float32: F32, F16 and BF16 exactly, F64 rounded.
   *
   * @throws RankwrightError MISSING_TENSOR, UNSUPPORTED_FEATURE (integers, 8 bits and less, complex),
   *   INVALID_SAFETENSORS (the file was cut meanwhile), CLOSED
   */
  read(name: string): Promise<Float32Array<ArrayBuffer>>;
  /**
   * The same elements in chunks of at most {@link CHUNK_ELEMENTS}. All chunks share one buffer: each holds
   * only until the next is asked for.
   */
  stream(name: string): AsyncIterable<Float32Array<ArrayBuffer>>;
  /**
   * sha256 in hex over the weights: of a single file, the file's own checksum; of a sharded checkpoint,
   * of the index and then the shards in the order of their names.
   */
  identity(): Promise<string>;
  /** Waits for reads under way; a second call does nothing. */
  close(): Promise<void>;
}

interface Location {
  readonly shard: Shard;
  readonly entry: TensorEntry;
  readonly dtype: FloatDType;
  readonly elements: number;
}

/** What {@link Checkpoint} promises, over shards whose headers have been checked. */
export class OpenCheckpoint implements Checkpoint {
  readonly #dir: string;
  readonly #shards: ReadonlyMap<string, Shard>;
  /** Tensor name to file name. */
  readonly #located: ReadonlyMap<string, string>;
  readonly #index: Uint8Array | undefined;
  #closing: Promise<unknown> | undefined;
  /** The chunk buffer, while no stream is using it. */
  #spare: Float32Array<ArrayBuffer> | undefined;

  /**
   * @param dir for messages
   * @param shards by file name, in the order in which identity() reads them
   * @param located the file name of each tensor
   * @param index the bytes of the index of a sharded checkpoint
   */
  constructor(
    dir: string,
    shards: ReadonlyMap<string, Shard>,
    located: ReadonlyMap<string, string>,
    index?: Uint8Array,
  ) {
    this.#dir = dir;
    this.#shards = shards;
    this.#located = located;
    this.#index = index;
  }

  names(): readonly string[] {
    return [...this.#located.keys()];
  }

  info(name: string): TensorInfo {
    const { file, entry } = this.#find(name);
    const { dtype, shape, byteLength } = entry;
    return { dtype, shape, byteLength, file };
  }

  async read(name: string): Promise<Float32Array<ArrayBuffer>> {
    const location = this.#locate(name);
    const out = new Float32Array(location.elements);
    for (let at = 0; at < out.length; at += CHUNK_ELEMENTS) {
      await this.#readInto(location, at, out.subarray(at, at + CHUNK_ELEMENTS));
    }
    return out;
  }

  stream(name: string): AsyncIterable<Float32Array<ArrayBuffer>> {
    return this.#chunks(this.#locate(name));
  }

  async *#chunks(location: Location): AsyncGenerator<Float32Array<ArrayBuffer>> {
    // One buffer for tensor after tensor: fresh ones pile up faster than they are collected.
    const buffer = this.#spare ?? new Float32Array(CHUNK_ELEMENTS);
    this.#spare = undefined;
    try {
      for (let at = 0; at < location.elements; at += CHUNK_ELEMENTS) {
        const out = buffer.subarray(0, location.elements - at);
        await this.#readInto(location, at, out);
        yield out;
      }
    } finally {
      this.#spare = buffer;
    }
  }

  async identity(): Promise<string> {
    const hash = createHash("sha256");
    if (this.#index !== undefined) hash.update(this.#index);
    const buffer = new Uint8Array(HASH_BYTES);
    for (const shard of this.#shards.values()) {
      for (let at = 0; at < shard.size; at += buffer.length) {
        const part = buffer.subarray(0, Math.min(buffer.length, shard.size - at));
        this.#checkOpen();
        await shard.read(part, at);
        hash.update(part);
      }
    }
    return hash.digest("hex");
  }

  async close(): Promise<void> {
    this.#closing ??= Promise.all([...this.#shards.values()].map((shard) => shard.close()));
    await this.#closing;
  }

  #find(name: string): { readonly file: string; readonly shard: Shard; readonly entry: TensorEntry } {
    const file = this.#located.get(name);
    const shard = file === undefined ? undefined : this.#shards.get(file);
    const entry = shard?.tensors.get(name);
    if (file !== undefined && shard !== undefined && entry !== undefined) return { file, shard, entry };
    const nearest = nearestNames(name, this.#located.keys(), 3).map(show).join(", ");
    throw new RankwrightError(
      "MISSING_TENSOR",
      `the checkpoint in ${this.#dir} has no tensor ${show(name)}; ` +
        (nearest === "" ? "it has none with a similar name" : `the nearest are ${nearest}`),
      { field: "name", value: name },
    );
  }

  #locate(name: string): Location {
    const { shard, entry } = this.#find(name);
    const { dtype } = entry;
    if (!isFloat(dtype)) {
      throw new RankwrightError(
        "UNSUPPORTED_FEATURE",
        `${shard.path}: tensor ${show(name)} has dtype ${dtype}, which is not read as weights. ` +
          "Use a checkpoint with F32, F16, BF16 or F64 weights, such as the model before quantisation.",
        { field: `tensor ${show(name)}: dtype`, value: dtype },
      );
    }
    return { shard, entry, dtype, elements: (entry.byteLength * 8) / DTYPE_BITS[dtype] };
  }

  /** Fills `out` with the tensor's elements from index `at` on. */
  async #readInto(
    { shard, entry, dtype }: Location,
    at: number,
    out: Float32Array<ArrayBuffer>,
  ): Promise<void> {
    this.#checkOpen();
    const width = DTYPE_BITS[dtype] / 8;
    const position = shard.dataStart + entry.start + at * width;
    if (dtype === "F32") {
      await shard.read(new Uint8Array(out.buffer, out.byteOffset, out.byteLength), position);
      return;
    }
    const raw = new Uint8Array(out.length * width);
    await shard.read(raw, position);
    widen(dtype, raw, out);
  }

  #checkOpen(): void {
    if (this.#closing === undefined) return;
    throw new RankwrightError("CLOSED", `the checkpoint in ${this.#dir} is closed; open it again`);
  }
}
