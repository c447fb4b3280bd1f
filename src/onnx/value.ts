import { RankwrightError } from "../types/index.js";
import type { ElementType } from "./element-type.js";

/** A size known now, or the name of one known when the graph runs. */
export type Dim = number | string;
export type Shape = readonly Dim[];

export interface TensorType {
  readonly type: ElementType;
  readonly shape: Shape;
}

/** One tensor in a graph: an input, a weight, or what a node puts out. Compared by identity. */
export interface Value extends TensorType {
  readonly name: string;
}

/** Stands in a node's inputs where an optional one is left out. */
export const ABSENT: Value = { name: "", type: "float32", shape: [] };

export function shapeText({ type, shape }: TensorType): string {
  return `${type}[${shape.join(", ")}]`;
}

/** A graph that a builder put together wrongly; never the fault of a user's input. */
export function graphError(message: string): RankwrightError {
  return new RankwrightError("INTERNAL", `graph: ${message}; please report this as a bug`);
}
