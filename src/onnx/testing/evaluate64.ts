import type { Graph, Node } from "../graph.js";
import type { OpName } from "../ops.js";
import type { Value } from "../value.js";
import { broadcastDims, read, sizeOf, type Tensor64, tabulate } from "./tensor64.js";

type Evaluation = (inputs: readonly Tensor64[], node: Node) => Tensor64;

/**
 * The outputs of a graph in double precision, by plain loops written from the operators' definitions: what
 * the runtime's results and the gradients are checked against.
 */
export function evaluate64(graph: Graph, feeds: ReadonlyMap<string, Tensor64>): readonly Tensor64[] {
  const known = new Map<Value, Tensor64>();
  for (const input of graph.inputs) known.set(input, feeds.get(input.name) as Tensor64);
  for (const [value, origin] of graph.weights) {
    if (origin.kind !== "data") continue;
    known.set(value, {
      dims: value.shape as readonly number[],
      data: Float64Array.from(origin.data, Number),
    });
  }
  for (const node of graph.nodes) {
    const evaluation = EVALUATIONS[node.op];
    if (evaluation === undefined) throw new Error(`no reference for ${node.op}`);
    const inputs = node.inputs.map((input) => known.get(input) as Tensor64);
    known.set(node.outputs[0] as Value, evaluation(inputs, node));
  }
  return graph.outputs.map((output) => known.get(output) as Tensor64);
}

const elementwise =
  (f: (...x: number[]) => number): Evaluation =>
  (inputs) =>
    tabulate(broadcastDims(inputs.map(({ dims }) => dims)), (place) =>
      f(...inputs.map((input) => read(input, place))),
    );

/** Abramowitz & Stegun 7.1.5: the series converges everywhere, and without loss for |x| below 3. */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

const positive = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);

const reduce =
  (combine: (all: readonly number[]) => number): Evaluation =>
  ([x], { attributes: { axes, keepdims } }) => {
    const { dims } = x as Tensor64;
    const gone = ((axes as readonly number[] | undefined) ?? [...dims.keys()]).map((a) =>
      positive(a, dims.length),
    );
    const kept = dims.map((size, axis) => (gone.includes(axis) ? 1 : size));
    const inner = dims.map((size, axis) => (gone.includes(axis) ? size : 1));
    const { data } = tabulate(kept, (place) => {
      const all = tabulate(inner, (offset) =>
        read(
          x as Tensor64,
          place.map((p, axis) => p + (offset[axis] as number)),
        ),
      );
      return combine([...all.data]);
    });
    return { data, dims: keepdims === 0 ? kept.filter((_, axis) => !gone.includes(axis)) : kept };
  };

/** Each run of the last axis at once. */
function alongRows({ dims, data }: Tensor64, f: (row: readonly number[]) => readonly number[]): Tensor64 {
  const width = dims.at(-1) as number;
  const rows = Array.from({ length: data.length / width }, (_, i) =>
    f([...data.slice(i * width, (i + 1) * width)]),
  );
  return { dims, data: Float64Array.from(rows.flat()) };
}

function softmax(row: readonly number[]): readonly number[] {
  const exps = row.map((x) => Math.exp(x - Math.max(...row)));
  const total = exps.reduce((a, b) => a + b);
  return exps.map((x) => x / total);
}

const product: Evaluation = ([a, b, c], { attributes: { transA, transB, alpha = 1, beta = 1 } }) => {
  const swap = (t: Tensor64, flag: unknown): Tensor64 => {
    if (flag !== 1) return t;
    const turn = (place: readonly number[]) =>
      [...place.slice(0, -2), place.at(-1), place.at(-2)] as number[];
    return tabulate(turn(t.dims), (place) => read(t, turn(place)));
  };
  const [left, right] = [swap(a as Tensor64, transA), swap(b as Tensor64, transB)];
  const batch = broadcastDims([left.dims.slice(0, -2), right.dims.slice(0, -2)]);
  return tabulate([...batch, left.dims.at(-2) as number, right.dims.at(-1) as number], (place) => {
    const [row, column] = place.slice(-2) as [number, number];
    let sum = 0;
    for (let k = 0; k < (left.dims.at(-1) as number); k++) {
      sum += read(left, [...place.slice(0, -2), row, k]) * read(right, [...place.slice(0, -2), k, column]);
    }
    return Number(alpha) * sum + (c === undefined ? 0 : Number(beta) * read(c, place));
  });
};

const EVALUATIONS: Partial<Record<OpName, Evaluation>> = {
  Add: elementwise((a, b) => a! + b!),
  Sub: elementwise((a, b) => a! - b!),
  Mul: elementwise((a, b) => a! * b!),
  Div: elementwise((a, b) => a! / b!),
  Pow: elementwise((a, b) => a! ** b!),
  Dropout: elementwise((a, b) => a! * b!),
  Neg: elementwise((x) => -x!),
  Abs: elementwise(Math.abs),
  Sign: elementwise(Math.sign),
  Exp: elementwise(Math.exp),
  Log: elementwise(Math.log),
  Sqrt: elementwise(Math.sqrt),
  Erf: elementwise(erf),
  Tanh: elementwise(Math.tanh),
  Sigmoid: elementwise((x) => 1 / (1 + Math.exp(-x!))),
  HardSigmoid: ([x], { attributes: { alpha = 0.2, beta = 0.5 } }) =>
    elementwise((v) => Math.min(1, Math.max(0, Number(alpha) * v! + Number(beta))))([x!], {} as Node),
  Softplus: elementwise((x) => Math.log1p(Math.exp(x!))),
  Relu: elementwise((x) => Math.max(0, x!)),
  Gelu: elementwise((x) => 0.5 * x! * (1 + erf(x! / Math.SQRT2))),
  FastGelu: elementwise(
    (x) => 0.5 * x! * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x! + 0.044715 * x! ** 3))),
  ),
  Greater: elementwise((a, b) => Number(a! > b!)),
  GreaterOrEqual: elementwise((a, b) => Number(a! >= b!)),
  Less: elementwise((a, b) => Number(a! < b!)),
  Equal: elementwise((a, b) => Number(a === b)),
  Where: elementwise((condition, a, b) => (condition === 0 ? b! : a!)),
  Cast: elementwise((x) => x!),
  Identity: elementwise((x) => x!),
  StopGradient: elementwise((x) => x!),
  ReduceSum: reduce((all) => all.reduce((a, b) => a + b, 0)),
  ReduceMean: reduce((all) => all.reduce((a, b) => a + b, 0) / all.length),
  ReduceMax: reduce((all) => Math.max(...all)),
  ReduceMin: reduce((all) => Math.min(...all)),
  Softmax: ([x]) => alongRows(x!, softmax),
  LogSoftmax: ([x]) => alongRows(x!, (row) => softmax(row).map(Math.log)),
  LayerNormalization: ([x, scale, bias], { attributes: { epsilon } }) =>
    alongRows(x!, (row) => {
      const mean = row.reduce((a, b) => a + b) / row.length;
      const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / row.length;
      const deviation = Math.sqrt(variance + Number(epsilon));
      return row.map((v, i) => ((v - mean) / deviation) * scale!.data[i]! + bias!.data[i]!);
    }),
  Gather: ([table, indices]) =>
    tabulate([...indices!.dims, ...table!.dims.slice(1)], (place) => {
      const row = read(indices!, place.slice(0, indices!.dims.length));
      return read(table!, [row, ...place.slice(indices!.dims.length)]);
    }),
  GatherElements: ([x, places], { attributes: { axis } }) =>
    tabulate(places!.dims, (place) => read(x!, place.with(Number(axis), read(places!, place)))),
  ScatterElements: ([x, places, added], { attributes: { axis } }) => {
    const result = { dims: x!.dims, data: Float64Array.from(x!.data) };
    const strides = x!.dims.map((_, i) => sizeOf(x!.dims.slice(i + 1)));
    tabulate(places!.dims, (place) => {
      const to = place.with(Number(axis), read(places!, place));
      const offset = to.reduce((sum, p, i) => sum + p * strides[i]!, 0);
      result.data[offset] = result.data[offset]! + read(added!, place);
      return 0;
    });
    return result;
  },
  Concat: (parts, { attributes: { axis } }) => {
    const along = positive(Number(axis), parts[0]!.dims.length);
    const total = parts.reduce((sum, { dims }) => sum + dims[along]!, 0);
    return tabulate(parts[0]!.dims.with(along, total), (place) => {
      let at = place[along]!;
      let i = 0;
      while (at >= parts[i]!.dims[along]!) at -= parts[i++]!.dims[along]!;
      return read(parts[i]!, place.with(along, at));
    });
  },
  Slice: ([x], { attributes, outputs }) => {
    const { starts, axes } = attributes as Record<string, readonly number[]>;
    const start = x!.dims.map((size, axis) => positive(starts![axes!.indexOf(axis)] ?? 0, size));
    const dims = outputs[0]!.shape.map((size, axis) => (typeof size === "number" ? size : x!.dims[axis]!));
    return tabulate(dims, (place) =>
      read(
        x!,
        place.map((p, axis) => p + start[axis]!),
      ),
    );
  },
  Pad: ([x], { attributes }) => {
    const pads = attributes.pads as readonly number[];
    const rank = x!.dims.length;
    const dims = x!.dims.map((size, axis) => size + pads[axis]! + pads[rank + axis]!);
    return tabulate(dims, (place) => {
      const from = place.map((p, axis) => p - pads[axis]!);
      return from.every((p, axis) => p >= 0 && p < x!.dims[axis]!) ? read(x!, from) : 0;
    });
  },
  Transpose: ([x], { attributes }) => {
    const perm = attributes.perm as readonly number[];
    return tabulate(
      perm.map((axis) => x!.dims[axis]!),
      (place) =>
        read(
          x!,
          perm.map((_, axis) => place[perm.indexOf(axis)]!),
        ),
    );
  },
  Reshape: ([x, like], { attributes, inputs }) => {
    if (like !== undefined) return { dims: [...like.data], data: x!.data };
    const from = inputs[0]!.shape;
    const to = (attributes.to as readonly (number | string)[]).map((size, axis) =>
      typeof size === "number" ? size : size === from[axis] ? x!.dims[axis]! : -1,
    );
    const rest = x!.data.length / Math.abs(sizeOf(to));
    return { dims: to.map((size) => (size < 0 ? rest : size)), data: x!.data };
  },
  Expand: ([x, like], { attributes }) => {
    const to =
      like?.data ??
      (attributes.to as readonly (number | string)[]).map((s) => (typeof s === "number" ? s : 1));
    return tabulate(broadcastDims([x!.dims, [...to] as number[]]), (place) => read(x!, place));
  },
  Shape: ([x]) => ({ dims: [x!.dims.length], data: Float64Array.from(x!.dims) }),
  Size: ([x]) => ({ dims: [], data: Float64Array.of(x!.data.length) }),
  Gemm: product,
  MatMul: product,
  FusedMatMul: product,
};
