import type { ElementType } from "./element-type.js";
import type { Attributes, OpRule } from "./op-rule.js";
import { type Dim, graphError, type Shape, shapeText, type TensorType, type Value } from "./value.js";

/** The input at `index`, which the operator cannot do without. */
export function at(inputs: readonly Value[], index: number): Value {
  const value = inputs[index];
  if (value === undefined) throw graphError(`input ${index} is missing`);
  return value;
}

/** A non-negative axis for one that may count from the end. */
export function axisOf(axis: number, rank: number): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(positive) || positive < 0 || positive >= rank) {
    throw graphError(`there is no axis ${axis} among ${rank}`);
  }
  return positive;
}

/** The shape that both fit into, as NumPy and ONNX broadcast; undefined when there is none. */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const pad = (shape: Shape): Shape => [...Array<number>(rank - shape.length).fill(1), ...shape];
  const left = pad(a);
  const shape: Dim[] = [];
  for (const [axis, size] of pad(b).entries()) {
    const other = left[axis] as Dim;
    if (size !== other && size !== 1 && other !== 1) return undefined;
    shape.push(size === 1 ? other : size);
  }
  return shape;
}

/** The output of an operator that works element by element on inputs broadcast against each other. */
export function broadcast(inputs: readonly Value[], type: ElementType): TensorType {
  const first = at(inputs, 0);
  const shape = inputs.slice(1).reduce<Shape>((so, next) => {
    const both = broadcastShapes(so, next.shape);
    if (both === undefined) throw graphError(`cannot broadcast ${shapeText(first)} with ${shapeText(next)}`);
    return both;
  }, first.shape);
  return { type, shape };
}

/** The product of matrices in the last two axes; axes before them are broadcast. */
export function product(a: Value, b: Value, { transA, transB }: Attributes): TensorType {
  const swap = ([rows, columns]: Shape, swapped: boolean) => (swapped ? [columns, rows] : [rows, columns]);
  const [rows, inner] = swap(a.shape.slice(-2), transA === 1);
  const [innerB, columns] = swap(b.shape.slice(-2), transB === 1);
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  if (inner !== innerB || rows === undefined || columns === undefined || batch === undefined) {
    const how = `${transA === 1 ? " transposed" : ""} by ${shapeText(b)}${transB === 1 ? " transposed" : ""}`;
    throw graphError(`cannot multiply ${shapeText(a)}${how}`);
  }
  return { type: a.type, shape: [...batch, rows, columns] };
}

/** What is left when `axes` (default: all) are summed up or searched; `keepdims` (default 1) leaves them as 1. */
export function reduced({ type, shape }: Value, { axes, keepdims }: Attributes): TensorType {
  const gone = new Set(
    axes === undefined ? shape.keys() : (axes as readonly number[]).map((axis) => axisOf(axis, shape.length)),
  );
  const left = shape.map((size, axis) => (gone.has(axis) ? 1 : size));
  return { type, shape: keepdims === 0 ? left.filter((_, axis) => !gone.has(axis)) : left };
}

const same: OpRule["infer"] = (inputs) => [{ type: at(inputs, 0).type, shape: at(inputs, 0).shape }];

/** One input, and an output of its type and shape. */
export const unary = (domain: OpRule["domain"] = ""): OpRule => ({
  domain,
  rows: "independent",
  infer: same,
});

/** Element by element; the result has the type of the first input. */
export const binary: OpRule = {
  domain: "",
  rows: "independent",
  infer: (inputs) => [broadcast(inputs, at(inputs, 0).type)],
};

/** Element by element, to bool. */
export const comparison: OpRule = {
  domain: "",
  rows: "independent",
  infer: (inputs) => [broadcast(inputs, "bool")],
};

/** Over attribute `axes` (default: all), which stay as axes of size 1 unless `keepdims` is 0. */
export const reduction: OpRule = {
  domain: "",
  rows: "mixed",
  infer: (inputs, attributes) => [reduced(at(inputs, 0), attributes)],
};
