import { type ElementType, elementTypeOf, type TensorData } from "./element-type.js";
import { type Attributes, OPS, type OpName } from "./ops.js";
import type { Shape, TensorType, Value } from "./value.js";

export interface Node {
  readonly op: OpName;
  /** Trailing optional inputs may be missing. */
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
}

/**
 * Where a weight's numbers come from when the graph is written out: given here, taken from the
 * checkpoint under a name, or computed from checkpoint tensors.
 */
export type WeightOrigin =
  | { readonly kind: "data"; readonly data: TensorData }
  | { readonly kind: "tensor"; readonly tensor: string }
  | {
      readonly kind: "computed";
      readonly from: readonly string[];
      readonly compute: (...tensors: Float32Array[]) => TensorData;
    };

/**
 * A graph under construction: typed values and nodes in the order in which they can run. Every
 * operator's output type is inferred at once, so a wrong shape fails where it is written.
 */
export class Graph {
  readonly inputs: Value[] = [];
  readonly outputs: Value[] = [];
  readonly nodes: Node[] = [];
  readonly weights = new Map<Value, WeightOrigin>();
  readonly #names = new Set<string>();
  readonly #scalars = new Map<number, Value>();

  input(name: string, type: ElementType, shape: Shape): Value {
    const value = this.#value(name, { type, shape });
    this.inputs.push(value);
    return value;
  }

  /** A float32 tensor of the checkpoint, by its name there; asking twice gives the same value. */
  weight(tensor: string, shape: readonly number[]): Value {
    for (const [value, origin] of this.weights) {
      if (origin.kind === "tensor" && origin.tensor === tensor) return value;
    }
    return this.addWeight(tensor, { type: "float32", shape }, { kind: "tensor", tensor });
  }

  constant(name: string, data: TensorData, shape: readonly number[] = [data.length]): Value {
    return this.addWeight(name, { type: elementTypeOf(data), shape }, { kind: "data", data });
  }

  /** A float32 constant of shape []; asking twice gives the same value. */
  scalar(value: number): Value {
    const known = this.#scalars.get(value) ?? this.constant(`scalar_${value}`, Float32Array.of(value), []);
    this.#scalars.set(value, known);
    return known;
  }

  addWeight(name: string, type: TensorType, origin: WeightOrigin): Value {
    const value = this.#value(name, type);
    this.weights.set(value, origin);
    return value;
  }

  /** Adds a node and returns its first output. */
  op(op: OpName, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return this.ops(op, inputs, attributes)[0] as Value;
  }

  /** Adds a node and returns all its outputs. */
  ops(op: OpName, inputs: readonly Value[], attributes: Attributes = {}): readonly Value[] {
    const types = OPS[op].infer(inputs, attributes);
    const outputs = types.map((type) => this.#value(op, type));
    this.nodes.push({ op, inputs, attributes, outputs });
    return outputs;
  }

  /**
   * Makes a node of this graph put out `count` values instead of fewer (its operator's attribute
   * `outputs`), and returns all of them. Those it had keep their identity.
   */
  widen(node: Node, count: number): readonly Value[] {
    const place = this.nodes.findIndex(({ outputs }) => outputs[0] === node.outputs[0]);
    const { op, inputs, attributes, outputs } = this.nodes[place] as Node;
    if (outputs.length >= count) return outputs;
    const wider = { ...attributes, outputs: count };
    const added = OPS[op].infer(inputs, wider).slice(outputs.length);
    const all = [...outputs, ...added.map((type) => this.#value(op, type))];
    this.nodes[place] = { op, inputs, attributes: wider, outputs: all };
    return all;
  }

  output(value: Value): void {
    this.outputs.push(value);
  }

  /**
   * The same elements in another shape, of whose sizes at most one may be new and named; where more
   * are, `like` is a value that has them.
   */
  reshape(value: Value, to: Shape, like?: Value): Value {
    return this.op("Reshape", like === undefined ? [value] : [value, this.op("Shape", [like])], { to });
  }

  #value(name: string, type: TensorType): Value {
    let unique = name;
    for (let n = 2; this.#names.has(unique); n++) unique = `${name}_${n}`;
    this.#names.add(unique);
    return { name: unique, type: type.type, shape: type.shape };
  }
}
