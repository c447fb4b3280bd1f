import type { ElementType } from "./element-type.js";
import { at, axisOf, binary, broadcast, comparison, product, reduction, unary } from "./infer.js";
import type { OpRule } from "./op-rule.js";
import { type Dim, graphError, type Shape, shapeText } from "./value.js";

export type { Attributes, OpRule } from "./op-rule.js";

/**
 * Every operator a graph may hold: where it is defined, how it treats rows, and the type of its
 * outputs. Semantics are those of ONNX opset 17 and onnxruntime's com.microsoft opset 1.
 */
export const OPS = {
  // Element by element, inputs broadcast
  Add: binary,
  Sub: binary,
  Mul: binary,
  Div: binary,
  Pow: binary,
  Neg: unary(),
  Abs: unary(),
  /** −1, 0 or 1 */
  Sign: unary(),
  Exp: unary(),
  Log: unary(),
  Sqrt: unary(),
  Erf: unary(),
  Tanh: unary(),
  Sigmoid: unary(),
  /** alpha·x + beta, cut to [0, 1]; by default 0.2 and 0.5. */
  HardSigmoid: { ...unary(), floats: ["alpha", "beta"] },
  /** log(1 + eˣ) */
  Softplus: unary(),
  Relu: unary(),
  /** x/2 · (1 + erf(x/√2)) */
  Gelu: unary("com.microsoft"),
  /** The tanh approximation, 0.5x(1 + tanh(√(2/π)(x + 0.044715x³))). */
  FastGelu: unary("com.microsoft"),
  Greater: comparison,
  GreaterOrEqual: comparison,
  Less: comparison,
  Equal: comparison,
  /** inputs: condition (bool), what it picks where true, where false. */
  Where: {
    domain: "",
    rows: "independent",
    infer: (inputs) => [broadcast(inputs, at(inputs, 1).type)],
  },
  /** attribute `to`: the element type. */
  Cast: {
    domain: "",
    rows: "independent",
    infer: (inputs, { to }) => [{ type: to as ElementType, shape: at(inputs, 0).shape }],
  },
  Identity: unary(),
  /** Identity, through which no gradient flows. */
  StopGradient: { ...unary(), writtenAs: "Identity" },
  /**
   * inputs: x, and a mask of zeros and 1/(1 − p) that broadcasts to x (Srivastava et al., JMLR 15).
   * The caller draws the masks, so that a run can be repeated bit for bit.
   */
  Dropout: { ...binary, writtenAs: "Mul" },

  // Along the last axis
  /** attribute `axis`, by default the last. */
  Softmax: unary(),
  /** attribute `axis`, by default the last. */
  LogSoftmax: unary(),
  /**
   * inputs: x, scale, bias; normalises the last axis. With `outputs` = 3 the mean and the inverse
   * standard deviation follow, [..., 1] each.
   */
  LayerNormalization: {
    domain: "",
    rows: "independent",
    floats: ["epsilon"],
    infer: (inputs, { outputs = 1 }) => {
      const { type, shape } = at(inputs, 0);
      const moment = { type, shape: [...shape.slice(0, -1), 1] };
      return [{ type, shape }, moment, moment].slice(0, Number(outputs));
    },
  },

  // Over several axes
  ReduceSum: { ...reduction, tensors: ["axes"] },
  ReduceMean: reduction,
  ReduceMax: reduction,
  ReduceMin: reduction,

  // Rows and places
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
  /** inputs: x, and along attribute `axis` the places to read, of the output's shape. */
  GatherElements: {
    domain: "",
    rows: "mixed",
    infer: (inputs) => [{ type: at(inputs, 0).type, shape: at(inputs, 1).shape }],
  },
  /** inputs: x, places along attribute `axis`, what to put there; `reduction` "add" adds, also repeatedly. */
  ScatterElements: { ...unary(), rows: "mixed" },
  /** attribute `axis`. */
  Concat: {
    domain: "",
    rows: "mixed",
    infer: (inputs, { axis }) => {
      const { type, shape } = at(inputs, 0);
      const along = axisOf(axis as number, shape.length);
      const sizes = inputs.map((input) => input.shape[along] as Dim);
      const known = sizes.every((size) => typeof size === "number");
      const total: Dim = known ? sizes.reduce((sum, size) => sum + size, 0) : sizes.join("+");
      return [{ type, shape: shape.with(along, total) }];
    },
  },
  /** attributes `starts`, `ends` and `axes`, with known sizes or −1 for the last. */
  Slice: {
    domain: "",
    rows: "mixed",
    tensors: ["starts", "ends", "axes"],
    infer: (inputs, { starts, ends, axes }) => {
      const { type, shape } = at(inputs, 0);
      const sliced = [...shape];
      for (const [i, axis] of (axes as readonly number[]).entries()) {
        const along = axisOf(axis, shape.length);
        const size = shape[along];
        const [start, end] = [starts, ends].map((bounds) => {
          const bound = (bounds as readonly number[])[i] as number;
          return bound < 0 ? bound + Number(size) : bound;
        }) as [number, number];
        if (!(end > start)) throw graphError(`cannot slice ${shapeText({ type, shape })} by ${start}:${end}`);
        sliced[along] = end - start;
      }
      return [{ type, shape: sliced }];
    },
  },
  /** Zeros around x: attribute `pads`, how many before along each axis and then how many after. */
  Pad: {
    domain: "",
    rows: "mixed",
    tensors: ["pads"],
    infer: (inputs, { pads }) => {
      const { type, shape } = at(inputs, 0);
      const padded = shape.map((size, axis) => {
        const [before, after] = [axis, shape.length + axis].map(
          (i) => (pads as readonly number[])[i] as number,
        );
        if (before === 0 && after === 0) return size;
        return Number(size) + (before as number) + (after as number);
      });
      return [{ type, shape: padded }];
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
  /**
   * attribute `to`: the new sizes, at most one of them a name that the input's sizes at the same places
   * do not tell. With more of them, the second input is a Shape to take them from.
   */
  Reshape: {
    domain: "",
    rows: "mixed",
    infer: (inputs, { to }) => [{ type: at(inputs, 0).type, shape: to as Shape }],
  },
  /** Broadcasts x to attribute `to`; names that x does not have come from the second input, a Shape. */
  Expand: {
    domain: "",
    rows: "mixed",
    infer: (inputs, { to }) => [{ type: at(inputs, 0).type, shape: to as Shape }],
  },
  /** The sizes, int64 [rank]. */
  Shape: {
    domain: "",
    rows: "mixed",
    infer: (inputs) => [{ type: "int64", shape: [at(inputs, 0).shape.length] }],
  },

  /** The number of elements, an int64 scalar. */
  Size: { domain: "", rows: "mixed", infer: () => [{ type: "int64", shape: [] }] },

  // Products
  /**
   * Multi-head attention over packed sequences: softmax(QKᵀ/√d + mask)V within each sequence.
   * inputs: q [T or B, H], k [T, H], v [T, H], headRows [B, heads, S], contextRows [T, heads],
   * mask [B, 1, 1, S]. With `firstOnly` = 1, q holds only each sequence's first token. Output: as q;
   * with `outputs` = 5 then the probabilities [B, heads, S or 1, S] and the padded queries, keys and
   * values [B, heads, S or 1, H/heads].
   */
  Attention: {
    domain: "composite",
    rows: "mixed",
    infer: (inputs, { firstOnly, outputs = 1 }) => {
      const { type, shape } = at(inputs, 0);
      const [sequences, heads, slots] = at(inputs, 3).shape as readonly [Dim, number, Dim];
      const readers = firstOnly === 1 ? 1 : slots;
      const size = (shape[1] as number) / heads;
      const padded = (rows: Dim, columns: Dim) => ({ type, shape: [sequences, heads, rows, columns] });
      const others = [
        padded(readers, slots),
        padded(readers, size),
        padded(slots, size),
        padded(slots, size),
      ];
      return [{ type, shape }, ...others].slice(0, Number(outputs));
    },
  },
  /** inputs: a [T, in], b [in, out], each the other way round with transA or transB, optional bias [out]. */
  Gemm: {
    domain: "",
    rows: "independent",
    floats: ["alpha", "beta"],
    infer: (inputs, { transA, transB }) => {
      const a = at(inputs, 0);
      const b = at(inputs, 1);
      const [rows, innerA] = transA === 1 ? a.shape.toReversed() : a.shape;
      const [inner, outer] = transB === 1 ? b.shape.toReversed() : b.shape;
      if (a.shape.length !== 2 || b.shape.length !== 2 || innerA !== inner || outer === undefined) {
        throw graphError(`Gemm cannot multiply ${shapeText(a)} by ${shapeText(b)}`);
      }
      return [{ type: "float32", shape: [rows as Dim, outer] }];
    },
  },
  MatMul: { domain: "", rows: "mixed", infer: (inputs) => [product(at(inputs, 0), at(inputs, 1), {})] },
  /** MatMul with attributes transA, transB and alpha (a factor on the product). */
  FusedMatMul: {
    domain: "com.microsoft",
    rows: "mixed",
    floats: ["alpha"],
    infer: (inputs, attributes) => [product(at(inputs, 0), at(inputs, 1), attributes)],
  },

  // Eight bits
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
    infer: (inputs) => [{ type: "float32", shape: product(at(inputs, 0), at(inputs, 1), {}).shape }],
  },
} as const satisfies Record<string, OpRule>;

export type OpName = keyof typeof OPS;
