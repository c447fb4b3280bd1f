import { type Dim, graphError, type Shape, shapeText, type TensorType, type Value } from "./value.js";

export type Attributes = Readonly<Record<string, number | readonly Dim[]>>;

/** How an operator's first output relates to the rows (axis 0) of its inputs. */
type Rows =
  /** Row i depends on row i of the inputs that have as many rows, and on nothing else in them. */
  "independent" | "mixed";

export interface OpRule {
  /** ONNX operator set; "composite" ones must be lowered before a graph can be written out. */
  readonly domain: "" | "com.microsoft" | "composite";
  readonly rows: Rows;
  /** Attributes that ONNX reads as float although their value may be whole. */
  readonly floats?: readonly string[];
  infer(inputs: readonly Value[], attributes: Attributes): readonly TensorType[];
}

const at = (inputs: readonly Value[], index: number): Value => {
  const value = inputs[index];
  if (value === undefined) throw graphError(`input ${index} is missing`);
  return value;
};
const same = (inputs: readonly Value[]): readonly TensorType[] => [
  { type: at(inputs, 0).type, shape: at(inputs, 0).shape },
];
const unary = (domain: OpRule["domain"] = ""): OpRule => ({ domain, rows: "independent", infer: same });
const binary: OpRule = {
  domain: "",
  rows: "independent",
  infer: (inputs) => [broadcast(at(inputs, 0), at(inputs, 1))],
};

const reduction: OpRule = {
  domain: "",
  rows: "mixed",
  infer: (inputs) => [{ type: at(inputs, 0).type, shape: [] }],
};

/**
 * Every operator a graph may hold: where it is defined, how it treats rows, and the type of its
 * outputs. Semantics are those of ONNX opset 17 and onnxruntime's com.microsoft opset 1.
 */
export const OPS = {
  Add: binary,
  Mul: binary,
  Tanh: unary(),
  Relu: unary(),
  /** x/2 · (1 + erf(x/√2)) */
  Gelu: unary("com.microsoft"),
  /** The tanh approximation, 0.5x(1 + tanh(√(2/π)(x + 0.044715x³))). */
  FastGelu: unary("com.microsoft"),
  Softmax: { domain: "", rows: "independent", infer: same },
  /** inputs: x, scale, bias; normalises the last axis. */
  LayerNormalization: { domain: "", rows: "independent", floats: ["epsilon"], infer: same },
  /** inputs: table, indices; axis 0 only. */
  Gather: {
    domain: "",
    rows: "mixed",
    infer: (inputs) => {
      const table = at(inputs, 0);
      const indices = at(inputs, 1);
      return [{ type: table.type, shape: [...indices.shape, ...table.shape.slice(1)] }];
    },
  },
  /** attribute `perm`: which axis of the input each axis of the output is. */
  Transpose: {
    domain: "",
    rows: "mixed",
    infer: (inputs, { perm }) => {
      const { type, shape } = at(inputs, 0);
      return [{ type, shape: (perm as readonly number[]).map((axis) => shape[axis] as Dim) }];
    },
  },
  /** attribute `to`: the new sizes, at most one of them a name. */
  Reshape: {
    domain: "",
    rows: "mixed",
    infer: (inputs, { to }) => [{ type: at(inputs, 0).type, shape: to as Shape }],
  },
  /**
   * Multi-head attention over packed sequences: softmax(QKᵀ/√d + mask)V within each sequence.
   * inputs: q [T or B, H], k [T, H], v [T, H], headRows [B, heads, S], contextRows [T, heads],
   * mask [B, 1, 1, S]. With `firstOnly` = 1, q holds only each sequence's first token. Output: as q.
   */
  Attention: { domain: "composite", rows: "mixed", infer: same },
  /** inputs: a [T, in], b [in, out] or, with transB, [out, in], optional bias [out]. */
  Gemm: {
    domain: "",
    rows: "independent",
    infer: (inputs, attributes) => {
      const a = at(inputs, 0);
      const b = at(inputs, 1);
      const [inner, outer] = attributes.transB === 1 ? [b.shape[1], b.shape[0]] : [b.shape[0], b.shape[1]];
      if (a.shape.length !== 2 || b.shape.length !== 2 || a.shape[1] !== inner || outer === undefined) {
        throw graphError(`Gemm cannot multiply ${shapeText(a)} by ${shapeText(b)}`);
      }
      return [{ type: "float32", shape: [a.shape[0] as string, outer] }];
    },
  },
  MatMul: { domain: "", rows: "mixed", infer: (inputs) => [product(at(inputs, 0), at(inputs, 1), false)] },
  /** MatMul with attributes transB and alpha (a factor on the product). */
  FusedMatMul: {
    domain: "com.microsoft",
    rows: "mixed",
    floats: ["alpha"],
    infer: (inputs, { transB }) => [product(at(inputs, 0), at(inputs, 1), transB === 1)],
  },
  /** inputs: x, scale, zero point (its type is the result's); per tensor. */
  QuantizeLinear: {
    domain: "",
    rows: "independent",
    infer: (inputs) => [{ type: at(inputs, 2).type, shape: at(inputs, 0).shape }],
  },
  /** inputs: a [T, in] uint8, b [in, out] int8, scale of a, scales of b [out], zero point of a, of b, bias [out]. */
  MatMulIntegerToFloat: {
    domain: "com.microsoft",
    rows: "independent",
    infer: (inputs) => [{ type: "float32", shape: product(at(inputs, 0), at(inputs, 1), false).shape }],
  },
  /** Over all axes, to a scalar. */
  ReduceMax: reduction,
  ReduceMin: reduction,
} as const satisfies Record<string, OpRule>;

export type OpName = keyof typeof OPS;

function broadcast(a: Value, b: Value): TensorType {
  const rank = Math.max(a.shape.length, b.shape.length);
  const pad = (shape: Shape): Shape => [...Array<number>(rank - shape.length).fill(1), ...shape];
  const left = pad(a.shape);
  const shape = pad(b.shape).map((size, axis) => {
    const other = left[axis] as number | string;
    if (size === other || size === 1) return other;
    if (other === 1) return size;
    throw graphError(`cannot broadcast ${shapeText(a)} with ${shapeText(b)}`);
  });
  return { type: a.type, shape };
}

function product(a: Value, b: Value, transposed: boolean): TensorType {
  const [rows, inner] = a.shape.slice(-2);
  const [first, second] = b.shape.slice(-2);
  const [innerB, columns] = transposed ? [second, first] : [first, second];
  if (inner !== innerB || rows === undefined || columns === undefined) {
    throw graphError(`cannot multiply ${shapeText(a)} by ${shapeText(b)}${transposed ? " transposed" : ""}`);
  }
  return { type: a.type, shape: [...a.shape.slice(0, -2), rows, columns] };
}
