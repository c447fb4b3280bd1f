import { open } from "node:fs/promises";
import { create, toBinary } from "@bufbuild/protobuf";
import { ModelProtoSchema } from "../../dist/onnx/proto/onnx_pb.js";

const FLOAT = 1;
const INT64 = 7;

/** A graph under construction, with ONNX's own names; operators are added in the order they run. */
export class OnnxGraph {
  #nodes = [];
  #inputs = [];
  #outputs = [];
  /** @type {Map<string, { shape: number[], data: () => Float32Array | BigInt64Array }>} */
  #tensors = new Map();

  input(
    /** @type {string} */ name,
    /** @type {"float" | "int64"} */ type,
    /** @type {(number | string)[]} */ shape,
  ) {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  output(/** @type {string} */ name, /** @type {(number | string)[]} */ shape) {
    this.#outputs.push(valueInfo(name, "float", shape));
  }

  /** A float32 tensor whose data is asked for when the file is written. */
  tensor(/** @type {string} */ name, /** @type {number[]} */ shape, /** @type {() => Float32Array} */ data) {
    this.#tensors.set(name, { shape, data });
    return name;
  }

  /** A float32 scalar. */
  scalar(/** @type {number} */ value) {
    const name = `scalar_${value}`;
    return this.tensor(name, [], () => Float32Array.of(value));
  }

  /** One int64 number, or a list of them. */
  integers(/** @type {number | number[]} */ value) {
    const list = typeof value !== "number";
    const items = list ? value : [value];
    const name = `${list ? "list" : "number"}_${items.join("_")}`;
    this.#tensors.set(name, {
      shape: list ? [items.length] : [],
      data: () => BigInt64Array.from(items, BigInt),
    });
    return name;
  }

  /**
   * @param {string} opType
   * @param {string[]} input
   * @param {Record<string, number | number[]>} [attributes] `epsilon` is a float, all others are integers
   * @param {string} [output] the result's name
   */
  node(opType, input, attributes = {}, output = `${opType}_${this.#nodes.length}`) {
    const attribute = Object.entries(attributes).map(([name, value]) => {
      if (name === "epsilon") return { name, type: 1, f: Number(value) };
      if (typeof value === "number") return { name, type: 2, i: BigInt(value) };
      return { name, type: 7, ints: value.map(BigInt) };
    });
    this.#nodes.push({ opType, name: output, input, output: [output], attribute });
    return output;
  }

  /**
   * Writes one file that holds the weights too. A serialised message may come in pieces that a reader
   * merges, so each weight is written as a piece of its own and memory holds one at a time.
   * @param {string} path
   */
  async write(path) {
    const file = await open(path, "w");
    const write = async (/** @type {object} */ model) => {
      await file.writeFile(toBinary(ModelProtoSchema, create(ModelProtoSchema, model)));
    };
    try {
      await write({
        irVersion: 8n,
        producerName: "rankwright-bench",
        opsetImport: [{ domain: "", version: 17n }],
        graph: { name: "main_graph", node: this.#nodes, input: this.#inputs, output: this.#outputs },
      });
      for (const [name, { shape, data }] of this.#tensors) {
        const values = data();
        const initializer = {
          name,
          dims: shape.map(BigInt),
          dataType: values instanceof Float32Array ? FLOAT : INT64,
          rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
        };
        await write({ graph: { initializer: [initializer] } });
      }
    } finally {
      await file.close();
    }
  }
}

function valueInfo(
  /** @type {string} */ name,
  /** @type {"float" | "int64"} */ type,
  /** @type {(number | string)[]} */ shape,
) {
  const dim = shape.map((size) => ({
    value:
      typeof size === "number"
        ? { case: "dimValue", value: BigInt(size) }
        : { case: "dimParam", value: size },
  }));
  const tensorType = { elemType: type === "float" ? FLOAT : INT64, shape: { dim } };
  return { name, type: { value: { case: "tensorType", value: tensorType } } };
}
