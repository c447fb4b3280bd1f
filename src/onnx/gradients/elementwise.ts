import type { GradientRule } from "./gradient.js";

const TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

/** Operators that work element by element, y the output and dy its gradient. */
export const elementwise = {
  Add: ({ gradient: dy }) => [() => dy, () => dy],
  Sub: ({ gradient: dy, neg }) => [() => dy, () => neg(dy)],
  Mul: ({ inputs: [a, b], gradient: dy, mul }) => [() => mul(dy, b!), () => mul(dy, a!)],
  Div: ({ inputs: [, b], output: y, gradient: dy, div, mul, neg }) => [
    () => div(dy, b!),
    () => neg(div(mul(dy, y), b!)),
  ],
  /** The exponent is taken as fixed. */
  Pow: ({ inputs: [x, p], gradient: dy, mul, pow, sub }) => [() => mul(dy, mul(p!, pow(x!, sub(p!, 1))))],
  Neg: ({ gradient: dy, neg }) => [() => neg(dy)],
  /** 0 at 0. */
  Abs: ({ inputs: [x], gradient: dy, mul, sign }) => [() => mul(dy, sign(x!))],
  Exp: ({ output: y, gradient: dy, mul }) => [() => mul(dy, y)],
  Log: ({ inputs: [x], gradient: dy, div }) => [() => div(dy, x!)],
  Sqrt: ({ output: y, gradient: dy, div, mul }) => [() => div(mul(dy, 0.5), y)],
  Erf: ({ inputs: [x], gradient: dy, mul, exp, neg }) => [
    () => mul(dy, mul(exp(neg(mul(x!, x!))), TWO_OVER_ROOT_PI)),
  ],
  Tanh: ({ output: y, gradient: dy, mul, sub }) => [() => mul(dy, sub(1, mul(y, y)))],
  Sigmoid: ({ output: y, gradient: dy, mul, sub }) => [() => mul(dy, mul(y, sub(1, y)))],
  /** 0 where the output is cut. */
  HardSigmoid: ({ node, output: y, gradient: dy, mul, number, greater, less }) => [
    () => {
      const inside = mul(number(greater(y, 0)), number(less(y, 1)));
      return mul(dy, mul(inside, Number(node.attributes.alpha ?? 0.2)));
    },
  ],
  /** The slope eˣ/(1 + eˣ) as exp(x − y): the runtime's Sigmoid is off by 2e-4 of its value at −8. */
  Softplus: ({ inputs: [x], output: y, gradient: dy, mul, exp, sub }) => [() => mul(dy, exp(sub(x!, y)))],
  /** 0 at 0. */
  Relu: ({ output: y, gradient: dy, where, greater }) => [() => where(greater(y, 0), dy, 0)],
  Where: ({ inputs: [condition], gradient: dy, where }) => [
    undefined,
    () => where(condition!, dy, 0),
    () => where(condition!, 0, dy),
  ],
  Cast: ({ gradient: dy }) => [() => dy],
  Identity: ({ gradient: dy }) => [() => dy],
  Dropout: ({ inputs: [, mask], gradient: dy, mul }) => [() => mul(dy, mask!)],
} as const satisfies Record<string, GradientRule>;
