import { axisOf } from "../infer.js";
import { type Dim, graphError, type Value } from "../value.js";
import type { GradientRule, Step } from "./gradient.js";

/** ReduceMax and ReduceMin: shared evenly by the elements that are the extreme, as in PyTorch's amax. */
const extreme: GradientRule = (step) => {
  const { inputs, output: y, div, mul, number, equal } = step;
  const x = inputs[0] as Value;
  return [
    () => {
      const chosen = number(equal(x, widened(step, y)));
      const ties = step.sum(chosen, axesOf(step), 1);
      return mul(chosen, div(widened(step, step.gradient), ties));
    },
  ];
};

/** Along whole axes; a gradient with axes of size 1 is expanded to the input's shape. */
export const reductions = {
  ReduceSum: (step) => [() => widened(step, step.gradient)],
  ReduceMean: (step) => [() => step.div(widened(step, step.gradient), count(step))],
  ReduceMax: extreme,
  ReduceMin: extreme,
  /** dx = y(dy − Σ y·dy) along the axis. */
  Softmax: (step) => {
    const { output: y, gradient: dy, mul, sub, sum } = step;
    return [() => mul(y, sub(dy, sum(mul(y, dy), [lastAxis(step)], 1)))];
  },
  /** dx = dy − exp(y)·Σ dy along the axis. */
  LogSoftmax: (step) => {
    const { output: y, gradient: dy, mul, sub, exp, sum } = step;
    return [() => sub(dy, mul(exp(y), sum(dy, [lastAxis(step)], 1)))];
  },
} as const satisfies Record<string, GradientRule>;

function axesOf({ node, inputs }: Step): readonly number[] {
  const { shape } = inputs[0] as Value;
  const { axes } = node.attributes;
  return axes === undefined
    ? [...shape.keys()]
    : (axes as readonly number[]).map((axis) => axisOf(axis, shape.length));
}

/** What a reduction made, with its axes back as axes of size 1. */
function widened(step: Step, reduced: Value): Value {
  const { shape } = step.inputs[0] as Value;
  if (reduced.shape.length === shape.length) return reduced;
  const axes = axesOf(step);
  const to = shape.map((size, axis): Dim => (axes.includes(axis) ? 1 : size));
  const unknown = to.filter((size, axis) => typeof size === "string" && size !== reduced.shape[axis]);
  if (unknown.length <= 1) return step.graph.reshape(reduced, to);
  const like = step.sum(step.inputs[0] as Value, axes, 1);
  return step.graph.reshape(reduced, to, like);
}

/** How many elements a mean was taken of. */
function count(step: Step): Value | number {
  const { graph, inputs, output, div, number } = step;
  const { shape } = inputs[0] as Value;
  const sizes = axesOf(step).map((axis) => shape[axis] as Dim);
  if (sizes.every((size) => typeof size === "number")) return sizes.reduce((a, b) => a * b, 1);
  const elements = (value: Value) => number(graph.op("Size", [value]));
  return div(elements(inputs[0] as Value), elements(output));
}

function lastAxis({ node, inputs }: Step): number {
  const rank = (inputs[0] as Value).shape.length;
  const axis = axisOf(Number(node.attributes.axis ?? -1), rank);
  if (axis !== rank - 1) throw graphError(`${node.op} has a gradient along the last axis only`);
  return axis;
}
