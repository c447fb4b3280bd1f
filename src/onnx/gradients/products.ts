import type { Attributes, OpName } from "../ops.js";
import type { Value } from "../value.js";
import type { GradientRule, InputGradient, Step } from "./gradient.js";

/** Matrix products. Neither factor is ever transposed in memory: the products' flags do it. */
export const products = {
  Gemm: (step) => {
    const { node, gradient: dy, mul } = step;
    const { beta = 1 } = node.attributes;
    return [...factors(step, "Gemm"), () => (beta === 1 ? dy : mul(dy, Number(beta)))];
  },
  MatMul: (step) => factors(step, "FusedMatMul"),
  FusedMatMul: (step) => factors(step, "FusedMatMul"),
} as const satisfies Record<string, GradientRule>;

/** y = α·op(a)·op(b): da = α·dy·op(b)ᵀ and db = α·op(a)ᵀ·dy, each transposed where its factor was. */
function factors({ graph, node, inputs, gradient: dy }: Step, op: OpName): readonly InputGradient[] {
  const [a, b] = inputs as [Value, Value];
  const { alpha, transA = 0, transB = 0 } = node.attributes as Readonly<Record<string, number | undefined>>;
  const product = (left: Value, swapLeft: number, right: Value, swapRight: number) => {
    const flags = [
      ...(swapLeft === 1 ? [["transA", 1]] : []),
      ...(swapRight === 1 ? [["transB", 1]] : []),
      ...(alpha === undefined ? [] : [["alpha", alpha]]),
    ];
    return graph.op(op, [left, right], Object.fromEntries(flags) as Attributes);
  };
  return [
    () => (transA === 1 ? product(b, transB, dy, 1) : product(dy, 0, b, 1 - transB)),
    () => (transB === 1 ? product(dy, 1, a, transA) : product(a, 1 - transA, dy, 0)),
  ];
}
