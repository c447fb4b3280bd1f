import type { Feed, Feeds, SessionPool, TensorInfo } from "../onnx/index.js";
import { RankwrightError, show } from "../types/index.js";
import type { TokenSequence } from "./pack.js";
import type { Program } from "./program.js";

/** What a ready-made model may ask for, per padded token. */
const INPUTS: Readonly<Record<string, (sequence: TokenSequence, index: number) => number>> = {
  input_ids: ({ ids }, index) => ids[index] as number,
  attention_mask: () => 1,
  token_type_ids: ({ typeIds }, index) => typeIds[index] as number,
};

/** A ready-made sequence classifier: padded [batch, length] int64 inputs, logits out. */
export class OnnxProgram implements Program {
  readonly labels: number;
  readonly #pool: SessionPool;
  readonly #inputs: readonly string[];
  readonly #output: string;
  readonly #padId: number;

  /** @throws RankwrightError INVALID_ONNX when it wants or gives anything else */
  constructor(pool: SessionPool, path: string, padId: number) {
    this.#pool = pool;
    this.#padId = padId;
    this.#inputs = pool.inputs.map(({ name }) => name);
    for (const input of pool.inputs) checkInput(input, path);
    const output = pool.outputs.find(({ name }) => name === "logits") ?? pool.outputs[0];
    const labels = output?.shape?.at(-1);
    if (output === undefined || output.shape?.length !== 2 || typeof labels !== "number") {
      const found = pool.outputs.map(({ name, shape }) => `${name}[${shape?.join(", ")}]`).join(", ");
      throw new RankwrightError(
        "INVALID_ONNX",
        `${path} puts out ${found}; a cross-encoder puts out logits [batch, labels]: export it as a sequence classifier`,
        { field: "output", value: found },
      );
    }
    this.#output = output.name;
    this.labels = labels;
  }

  get parallelism(): number {
    return this.#pool.size;
  }

  async run(sequences: readonly TokenSequence[]): Promise<Float32Array> {
    const outputs = await this.#pool.run(this.#feeds(sequences));
    return outputs[this.#output]?.data ?? new Float32Array();
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  #feeds(sequences: readonly TokenSequence[]): Feeds {
    const length = sequences.reduce((longest, { ids }) => Math.max(longest, ids.length), 0);
    const feeds: Record<string, Feed> = {};
    for (const name of this.#inputs) {
      const valueAt = INPUTS[name] as (sequence: TokenSequence, index: number) => number;
      const data = new BigInt64Array(sequences.length * length);
      if (name === "input_ids") data.fill(BigInt(this.#padId));
      sequences.forEach((sequence, b) => {
        for (let i = 0; i < sequence.ids.length; i++) data[b * length + i] = BigInt(valueAt(sequence, i));
      });
      feeds[name] = { type: "int64", data, dims: [sequences.length, length] };
    }
    return feeds;
  }
}

function checkInput({ name, type }: TensorInfo, path: string): void {
  if (Object.hasOwn(INPUTS, name) && type === "int64") return;
  throw new RankwrightError(
    "INVALID_ONNX",
    `${path} wants an input ${show(name)} of type ${type}; known are ${Object.keys(INPUTS).join(", ")}, all int64`,
    { field: name, value: type },
  );
}
