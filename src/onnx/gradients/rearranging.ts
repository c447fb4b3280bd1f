import { axisOf } from "../infer.js";
import { type Dim, graphError, type Value } from "../value.js";
import type { GradientRule } from "./gradient.js";
import { expandLike, reshapeLike } from "./match-shape.js";

/** Operators that copy elements to other places. */
export const rearranging = {
  Reshape: ({ graph, inputs: [x], gradient: dy }) => [() => reshapeLike(graph, dy, x!)],
  Transpose: ({ graph, node, gradient: dy }) => {
    const perm = node.attributes.perm as readonly number[];
    return [() => graph.op("Transpose", [dy], { perm: perm.map((_, axis) => perm.indexOf(axis)) })];
  },
  Expand: ({ gradient: dy }) => [() => dy],
  /** A row of the table receives the gradients of all its copies; from the one copy that has any, if known. */
  Gather: ({ graph, inputs, gradient: dy, inverseOf }) => {
    const [table, indices] = inputs as [Value, Value];
    const row = table.shape.slice(1);
    const flat = (value: Value, ...rest: Dim[]) =>
      indices.shape.length === 1 ? value : graph.reshape(value, [lookups(indices), ...rest]);
    const inverse = inverseOf(indices);
    if (inverse !== undefined) return [() => graph.op("Gather", [flat(dy, ...row), inverse])];
    return [() => ({ kind: "rows", indices: flat(indices), rows: flat(dy, ...row) })];
  },
  GatherElements: ({ graph, node, inputs, gradient: dy }) => {
    const [x, places] = inputs as [Value, Value];
    const { axis = 0 } = node.attributes;
    const zeros = () => expandLike(graph, graph.scalar(0), x);
    return [() => graph.op("ScatterElements", [zeros(), places, dy], { axis, reduction: "add" })];
  },
  ScatterElements: ({ graph, node, inputs: [, places], gradient: dy }) => {
    const { axis = 0, reduction } = node.attributes;
    if (reduction !== "add") throw graphError("ScatterElements has a gradient only where it adds");
    return [() => dy, undefined, () => graph.op("GatherElements", [dy, places!], { axis })];
  },
  Concat: ({ graph, node, inputs, output, gradient: dy }) => {
    const axis = axisOf(node.attributes.axis as number, output.shape.length);
    const sizes = inputs.map(({ shape }) => shape[axis]);
    return inputs.map((_, i) => () => {
      const [start, size] = [sizes.slice(0, i).reduce<number>((a, b) => a + Number(b), 0), Number(sizes[i])];
      if (Number.isNaN(start + size)) throw graphError("Concat has a gradient along axes of known size only");
      return graph.op("Slice", [dy], { starts: [start], ends: [start + size], axes: [axis] });
    });
  },
  Slice: ({ graph, node, inputs: [x], gradient: dy }) => {
    const { starts, ends, axes } = node.attributes as Record<string, readonly number[]>;
    const rank = x!.shape.length;
    return [
      () => {
        const pads = new Array<number>(2 * rank).fill(0);
        for (const [i, axis] of axes!.entries()) {
          const along = axisOf(axis, rank);
          const size = Number(x!.shape[along]);
          if (Number.isNaN(size)) throw graphError("Slice has a gradient along axes of known size only");
          const [start, end] = [starts![i]!, ends![i]!].map((bound) => (bound < 0 ? bound + size : bound));
          pads[along] = start!;
          pads[rank + along] = size - Math.min(end!, size);
        }
        return graph.op("Pad", [dy], { pads });
      },
    ];
  },
} as const satisfies Record<string, GradientRule>;

/** The product of sizes: a number where all are known, otherwise a name. */
function lookups(indices: Value): Dim {
  const { shape } = indices;
  return shape.every((size) => typeof size === "number") ? shape.reduce((a, b) => a * b, 1) : shape.join("·");
}
