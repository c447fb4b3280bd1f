import type { Dim, TensorType, Value } from "./value.js";

export type Attributes = Readonly<Record<string, number | string | readonly Dim[]>>;

/** How an operator's first output relates to the rows (axis 0) of its inputs. */
type Rows =
  /** Row i depends on row i of the inputs that have as many rows, and on nothing else in them. */
  "independent" | "mixed";

export interface OpRule {
  /** ONNX operator set; "composite" ones must be lowered before a graph can be written out. */
  readonly domain: "" | "com.microsoft" | "composite";
  /** The ONNX operator it is written as, when that has another name. */
  readonly writtenAs?: string;
  readonly rows: Rows;
  /** Attributes that ONNX reads as float although their value may be whole. */
  readonly floats?: readonly string[];
  /** Attributes that ONNX takes as int64 tensors, which follow the inputs in this order. */
  readonly tensors?: readonly string[];
  infer(inputs: readonly Value[], attributes: Attributes): readonly TensorType[];
}
