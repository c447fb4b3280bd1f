import type { Graph } from "../graph.js";
import type { OpName } from "../ops.js";
import type { Value } from "../value.js";

/** A tensor, or a number that stands for a scalar of the graph. */
export type Operand = Value | number;

export type Arithmetic = ReturnType<typeof arithmetic>;

/** The operators of a formula as functions, so that it reads like one. Shapes broadcast. */
export function arithmetic(graph: Graph) {
  const value = (x: Operand) => (typeof x === "number" ? graph.scalar(x) : x);
  const unary = (op: OpName) => (x: Value) => graph.op(op, [x]);
  const binary = (op: OpName) => (a: Operand, b: Operand) => graph.op(op, [value(a), value(b)]);
  return {
    add: binary("Add"),
    sub: binary("Sub"),
    mul: binary("Mul"),
    div: binary("Div"),
    pow: binary("Pow"),
    neg: unary("Neg"),
    abs: unary("Abs"),
    sign: unary("Sign"),
    exp: unary("Exp"),
    log: unary("Log"),
    sqrt: unary("Sqrt"),
    erf: unary("Erf"),
    tanh: unary("Tanh"),
    sigmoid: unary("Sigmoid"),
    softplus: unary("Softplus"),
    greater: binary("Greater"),
    greaterOrEqual: binary("GreaterOrEqual"),
    less: binary("Less"),
    equal: binary("Equal"),
    /** `a` where the condition holds, `b` elsewhere. */
    where: (condition: Value, a: Operand, b: Operand) => graph.op("Where", [condition, value(a), value(b)]),
    /** 1 where a bool is true, 0 elsewhere. */
    number: (x: Value) => graph.op("Cast", [x], { to: "float32" }),
    /** The sum over `axes` (default: all, to a scalar), which stay as axes of size 1 with `keepdims` = 1. */
    sum: (x: Value, axes?: readonly number[], keepdims: 0 | 1 = 0) =>
      graph.op("ReduceSum", [x], axes === undefined ? { keepdims } : { axes, keepdims }),
    /** The same for the mean. */
    mean: (x: Value, axes?: readonly number[], keepdims: 0 | 1 = 0) =>
      graph.op("ReduceMean", [x], axes === undefined ? { keepdims } : { axes, keepdims }),
    /** a · b over the last two axes, either side transposed, times `alpha`. */
    matmul: (a: Value, b: Value, attributes: { transA?: 0 | 1; transB?: 0 | 1; alpha?: number } = {}) =>
      graph.op("FusedMatMul", [a, b], attributes),
  };
}
