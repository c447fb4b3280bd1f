import type { GradientRule } from "./gradient.js";

/** The two forms of GELU (Hendrycks & Gimpel, 1606.08415). */
export const gelu = {
  /**
   * y = xΦ(x), so dy/dx = Φ(x) + xφ(x). With u = x/√2, Φ = ½ + ½erf(u), which lies in [0, 1] and so is a
   * hard sigmoid of erf(u), and xφ = u·exp(−u²)/√π. Every operation writes the widest tensor of a model
   * once; these are nine.
   */
  Gelu: ({ graph, inputs: [x], gradient: dy, add, sub, mul, erf, exp }) => [
    () => {
      const u = mul(x!, Math.SQRT1_2);
      const cumulative = graph.op("HardSigmoid", [erf(u)], { alpha: 0.5, beta: 0.5 });
      const density = mul(u, exp(sub(-0.5 * Math.log(Math.PI), mul(u, u))));
      return mul(dy, add(cumulative, density));
    },
  ],
  /** y = ½x(1 + t) with t = tanh(u), u = cx(1 + ax²), so dy/dx = ½(1 + t) + ½x(1 − t²)c(1 + 3ax²). */
  FastGelu: ({ inputs: [x], gradient: dy, add, sub, mul, tanh }) => [
    () => {
      const c = Math.sqrt(2 / Math.PI);
      const a = 0.044715;
      const square = mul(x!, x!);
      const t = tanh(mul(x!, add(mul(square, a * c), c)));
      const slope = mul(mul(x!, add(mul(square, 1.5 * a * c), 0.5 * c)), sub(1, mul(t, t)));
      return mul(dy, add(add(mul(t, 0.5), 0.5), slope));
    },
  ],
} as const satisfies Record<string, GradientRule>;
