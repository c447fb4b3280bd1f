import type { Graph, Node } from "../graph.js";
import { graphError, shapeText, type Value } from "../value.js";
import { dense, plus } from "./accumulate.js";
import { arithmetic } from "./arithmetic.js";
import type { Gradient } from "./gradient.js";
import { matchShape } from "./match-shape.js";
import { GRADIENTS, passesGradients } from "./rules.js";

/**
 * Reverse-mode differentiation: appends to the graph the nodes that compute the derivative of `loss`, a
 * scalar, by each of `wrt`, and returns where they are. A value that the loss does not depend on has
 * no entry. The rules, one per operator, are in rules.ts.
 *
 * `inverses` speeds up the gradient of a Gather whose indices pad rows to slots: for int32 indices [B, S] it
 * holds int32 [T], the one slot among B·S through which each row reaches the loss. All other slots must be
 * masked out.
 *
 * Attention must not be lowered before: its rule knows more than those of its parts.
 *
 * @throws RankwrightError INTERNAL for an operator on the way that has no rule
 */
export function differentiate(
  graph: Graph,
  loss: Value,
  wrt: readonly Value[],
  inverses: ReadonlyMap<Value, Value> = new Map(),
): ReadonlyMap<Value, Gradient> {
  if (loss.shape.length !== 0) throw graphError(`the loss is ${shapeText(loss)}, not a scalar`);
  const math = arithmetic(graph);
  const inverseOf = (indices: Value) => inverses.get(indices);
  const forward = [...graph.nodes];
  const varying = dependents(forward, wrt);
  const gradients = new Map<Value, Gradient>([[loss, { kind: "dense", value: graph.scalar(1) }]]);

  for (const node of forward.toReversed()) {
    const [output, ...others] = node.outputs as readonly [Value, ...Value[]];
    if (others.some((other) => gradients.has(other))) {
      throw graphError(`${node.op} has a gradient for its first output only`);
    }
    const received = gradients.get(output);
    if (received === undefined || !varying.has(output)) continue;
    const rule = GRADIENTS[node.op];
    if (rule === undefined) throw graphError(`${node.op} has no gradient`);
    const gradient = dense(graph, received, output);
    const { inputs } = node;
    const outputs = (count: number) => graph.widen(node, count);
    const parts = rule({ ...math, graph, node, inputs, output, outputs, inverseOf, gradient });
    for (const [i, input] of inputs.entries()) {
      if (!varying.has(input)) continue;
      const part = parts[i]?.();
      if (part === undefined) throw graphError(`${node.op} has no gradient for its input ${i}`);
      const mine: Gradient = "kind" in part ? part : { kind: "dense", value: matchShape(graph, part, input) };
      const before = gradients.get(input);
      gradients.set(input, before === undefined ? mine : plus(graph, before, mine));
    }
  }
  return new Map([...gradients].filter(([value]) => wrt.includes(value)));
}

/** `wrt` and every value that depends on one of them smoothly. */
function dependents(nodes: readonly Node[], wrt: readonly Value[]): ReadonlySet<Value> {
  const varying = new Set(wrt);
  for (const { op, inputs, outputs } of nodes) {
    if (!passesGradients(op) || !inputs.some((input) => varying.has(input))) continue;
    for (const output of outputs) if (output.type === "float32") varying.add(output);
  }
  return varying;
}
