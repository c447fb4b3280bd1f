import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { bytesPerElement, type ElementType, type TensorData, typeCode } from "./element-type.js";
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
  const encode = await encoder();
  const model = encode(graph, await writeWeights(graph, source, join(folder, WEIGHTS_FILE)));
  const file = await open(join(folder, MODEL_FILE), "wx");
  try {
    await file.writeFile(model);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A graph without weights of a checkpoint (a training graph, whose weights are inputs) as one ONNX file. */
export async function modelBytes(graph: Graph): Promise<Uint8Array> {
  const encode = await encoder();
  const places = [...graph.weights].map(([value, origin]) => {
    if (origin.kind !== "data") throw graphError(`${value.name} is not a constant`);
    return [value, bytesOf(origin.data)] as const;
  });
  return encode(graph, new Map(places));
}

type Encoder = (graph: Graph, weights: ReadonlyMap<Value, Uint8Array | Extent>) => Uint8Array;

/** Loaded when first needed, because a model that is already converted needs no protobuf at all. */
async function encoder(): Promise<Encoder> {
  const [{ create, toBinary }, { ModelProtoSchema }] = await Promise.all([
    import("@bufbuild/protobuf"),
    import("./proto/onnx_pb.js"),
  ]);
  return (graph, weights) =>
    toBinary(
      ModelProtoSchema,
      create(ModelProtoSchema, {
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
            ...wholeTensors(graph),
          ],
        },
      }),
    );
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

/** A tensor of whole numbers that ONNX wants as an input where a node here has an attribute. */
interface Whole {
  readonly name: string;
  readonly sizes: readonly number[];
}

/**
 * The target of a Reshape or Expand. In a Reshape 0 copies the size at that place and −1 stands for the
 * one left over; in an Expand 1 keeps the size. Undefined where an input gives it.
 */
function targetShape({ op, inputs, attributes: { to } }: Node): Whole | undefined {
  if (typeof to !== "object" || inputs.length > 1) return undefined;
  const from = inputs[0]?.shape ?? [];
  const places = to.length - from.length;
  const sizes = to.map((size, axis) => {
    if (typeof size === "number") return size;
    if (op === "Reshape") return size === from[axis] ? 0 : -1;
    if (size === from[axis - places]) return 1;
    throw graphError(`Expand cannot know ${size}; give it a Shape as second input`);
  });
  return { name: `shape_${sizes.join("x")}`, sizes };
}

/** What follows a node's own inputs. */
function wholeInputs(node: Node): readonly Whole[] {
  const { tensors = [] }: OpRule = OPS[node.op];
  const target = targetShape(node);
  return [
    ...(target === undefined ? [] : [target]),
    ...tensors.flatMap((name) => {
      const sizes = node.attributes[name] as readonly number[] | undefined;
      return sizes === undefined ? [] : [{ name: `whole_${sizes.join("x")}`, sizes }];
    }),
  ];
}

/** The whole-number inputs of a graph's nodes, equal ones once. */
function wholeTensors(graph: Graph) {
  const wholes = new Map<string, readonly number[]>();
  for (const node of graph.nodes) for (const { name, sizes } of wholeInputs(node)) wholes.set(name, sizes);
  return [...wholes].map(([name, sizes]) => ({
    name,
    dims: [BigInt(sizes.length)],
    dataType: typeCode("int64"),
    rawData: bytesOf(BigInt64Array.from(sizes, BigInt)),
  }));
}

function nodeProto(node: Node) {
  const { domain, writtenAs, tensors = [] }: OpRule = OPS[node.op];
  if (domain === "composite") throw graphError(`${node.op} must be lowered before the graph is written`);
  return {
    opType: writtenAs ?? node.op,
    domain,
    name: node.outputs[0]?.name ?? node.op,
    input: [...node.inputs.map((input) => input.name), ...wholeInputs(node).map(({ name }) => name)],
    output: node.outputs.map((output) => output.name),
    attribute: Object.entries(node.attributes)
      .filter(([name, value]) => name !== "outputs" && !tensors.includes(name) && !isTarget(name, value))
      .map(([name, value]) => attribute(node, name, value)),
  };
}

function isTarget(name: string, value: Attributes[string]): boolean {
  return name === "to" && typeof value === "object";
}

function attribute(node: Node, name: string, value: Attributes[string]) {
  if (node.op === "Cast" && name === "to")
    return { name, type: 2, i: BigInt(typeCode(value as ElementType)) };
  if (typeof value === "string") return { name, type: 3, s: new TextEncoder().encode(value) };
  if (typeof value !== "number") return { name, type: 7, ints: value.map((item) => BigInt(item)) };
  const rule: OpRule = OPS[node.op];
  return rule.floats?.includes(name) ? { name, type: 1, f: value } : { name, type: 2, i: BigInt(value) };
}
