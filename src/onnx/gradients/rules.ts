import type { OpName } from "../ops.js";
import { attention } from "./attention.js";
import { elementwise } from "./elementwise.js";
import { gelu } from "./gelu.js";
import type { GradientRule } from "./gradient.js";
import { layerNormalization } from "./layer-normalization.js";
import { products } from "./products.js";
import { rearranging } from "./rearranging.js";
import { reductions } from "./reductions.js";

/** Nothing flows back: the output is a step function of the inputs, or the graph says so. */
const none: GradientRule = () => [];

/** The derivative of every operator that has one. */
export const GRADIENTS: Partial<Readonly<Record<OpName, GradientRule>>> = {
  ...elementwise,
  ...gelu,
  ...reductions,
  ...layerNormalization,
  ...rearranging,
  ...products,
  ...attention,
  StopGradient: none,
  Sign: none,
  Shape: none,
  Size: none,
};

/** Whether an operator lets gradients through. One without a rule does: asking for it is an error. */
export function passesGradients(op: OpName): boolean {
  return GRADIENTS[op] !== none;
}
