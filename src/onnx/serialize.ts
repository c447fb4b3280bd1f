import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { bytesPerElement, type TensorData, typeCode } from "./element-type.js";
import type { Graph, Node } from "./graph.js";
import { type Attributes, OPS, type OpRule } from "./ops.js";
import { graphError, type Shape, type Value } from "./value.js";
import type { WeightSource } from "./weight-source.js";

export const MODEL_FILE = "model.onnx";
const WEIGHTS_FILE = "model.weights";
/** Weights smaller than this stand in the model file itself. */
const INLINE_BYTES = 1024;
/** Page size: what a memory map can start at. */
const ALIGNMENT = 4096;
const OPSET = 17;
const IR_VERSION = 8;

/**
 * Writes a graph as `model.onnx` and `model.weights` into an existing folder. Weights stay outside
 * the protobuf (which may not exceed 2 GB) and are streamed: memory use is one computed weight.
 */
export async function writeModel(graph: Graph, source: WeightSource, folder: string): Promise<void> {
  // Loaded here, because a model that is already converted needs no protobuf at all.
  const [{ create, toBinary }, { ModelProtoSchema }] = await Promise.all([
    import("@bufbuild/protobuf"),
    import("./proto/onnx_pb.js"),
  ]);
  const weights = await writeWeights(graph, source, join(folder, WEIGHTS_FILE));
  const model = create(ModelProtoSchema, {
    irVersion: BigInt(IR_VERSION),
    producerName: "rankwright",
    opsetImport: [
      { domain: "", version: BigInt(OPSET) },
      { domain: "com.microsoft", version: 1n },
    ],
    graph: {
      name: "rankwright",
      input: graph.inputs.map((value) => valueInfo(value)),
      output: graph.outputs.map((value) => valueInfo(value)),
      node: graph.nodes.map((node) => nodeProto(node)),
      initializer: [
        ...[...weights].map(([value, place]) => weightTensor(value, place)),
        ...shapeTensors(graph),
      ],
    },
  });
  const file = await open(join(folder, MODEL_FILE), "wx");
  try {
    await file.writeFile(toBinary(ModelProtoSchema, model));
    await file.sync();
  } finally {
    await file.close();
  }
}

interface Extent {
  readonly offset: number;
  readonly length: number;
}

async function writeWeights(
  graph: Graph,
  source: WeightSource,
  path: string,
): Promise<Map<Value, Uint8Array | Extent>> {
  const places = new Map<Value, Uint8Array | Extent>();
  const file = await open(path, "wx");
  let end = 0;
  try {
    for (const [value, origin] of graph.weights) {
      const length = elements(value.shape) * bytesPerElement(value.type);
      const pieces =
        origin.kind === "tensor" ? source.stream(origin.tensor) : [await materialize(origin, source)];
      const offset = length < INLINE_BYTES ? 0 : Math.ceil(end / ALIGNMENT) * ALIGNMENT;
      let written = 0;
      const inline = length < INLINE_BYTES ? new Uint8Array(length) : undefined;
      for await (const piece of pieces) {
        const bytes = bytesOf(piece);
        if (inline === undefined) await writeFully(file, bytes, offset + written);
        else inline.set(bytes, written);
        written += bytes.length;
      }
      if (written !== length)
        throw graphError(`weight ${value.name} has ${written} bytes instead of ${length}`);
      places.set(value, inline ?? { offset, length });
      if (inline === undefined) end = offset + length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return places;
}

/** A single write may stop early, and takes at most 2 GB. */
async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const length = Math.min(bytes.length - done, 2 ** 30);
    done += (await file.write(bytes, done, length, position + done)).bytesWritten;
  }
}

async function materialize(
  origin: Exclude<ReturnType<Graph["weights"]["get"]>, undefined | { kind: "tensor" }>,
  source: WeightSource,
): Promise<TensorData> {
  if (origin.kind === "data") return origin.data;
  return origin.compute(...(await Promise.all(origin.from.map((tensor) => source.read(tensor)))));
}

function bytesOf(data: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function elements(shape: Shape): number {
  return shape.reduce<number>((product, size) => product * Number(size), 1);
}

function weightTensor(value: Value, place: Uint8Array | Extent) {
  return {
    name: value.name,
    dims: value.shape.map((size) => BigInt(size)),
    dataType: typeCode(value.type),
    ...(place instanceof Uint8Array
      ? { rawData: place }
      : { dataLocation: 1, externalData: externalData(place) }),
  };
}

function externalData({ offset, length }: Extent) {
  return [
    { key: "location", value: WEIGHTS_FILE },
    { key: "offset", value: String(offset) },
    { key: "length", value: String(length) },
  ];
}

function valueInfo({ name, type, shape }: Value) {
  const dim = shape.map((size) => ({
    value:
      typeof size === "number"
        ? ({ case: "dimValue", value: BigInt(size) } as const)
        : ({ case: "dimParam", value: size } as const),
  }));
  return {
    name,
    type: { value: { case: "tensorType", value: { elemType: typeCode(type), shape: { dim } } } as const },
  };
}

/** A Reshape's target as ONNX writes it: 0 copies the size at that place, −1 stands for the one left over. */
function reshapeTarget({ inputs, attributes }: Node): readonly number[] | undefined {
  if (typeof attributes.to !== "object") return undefined;
  const from = inputs[0]?.shape ?? [];
  return attributes.to.map((size, axis) => (typeof size === "number" ? size : size === from[axis] ? 0 : -1));
}

function targetName(target: readonly number[]): string {
  return `shape_${target.join("x")}`;
}

/** The reshape targets of a graph, equal ones once. */
function shapeTensors(graph: Graph) {
  const targets = new Map<string, readonly number[]>();
  for (const node of graph.nodes) {
    const target = reshapeTarget(node);
    if (target !== undefined) targets.set(targetName(target), target);
  }
  return [...targets].map(([name, sizes]) => ({
    name,
    dims: [BigInt(sizes.length)],
    dataType: typeCode("int64"),
    rawData: bytesOf(BigInt64Array.from(sizes, BigInt)),
  }));
}

function nodeProto(node: Node) {
  const { domain } = OPS[node.op];
  if (domain === "composite") throw graphError(`${node.op} must be lowered before the graph is written`);
  const { to, ...attributes } = node.attributes;
  const target = reshapeTarget(node);
  return {
    opType: node.op,
    domain,
    name: node.outputs[0]?.name ?? node.op,
    input: [...node.inputs.map((input) => input.name), ...(target === undefined ? [] : [targetName(target)])],
    output: node.outputs.map((output) => output.name),
    attribute: Object.entries(attributes).map(([name, value]) => attribute(node, name, value)),
  };
}

function attribute(node: Node, name: string, value: Attributes[string]) {
  if (typeof value !== "number") return { name, type: 7, ints: value.map((item) => BigInt(item)) };
  const rule: OpRule = OPS[node.op];
  return rule.floats?.includes(name) ? { name, type: 1, f: value } : { name, type: 2, i: BigInt(value) };
}
