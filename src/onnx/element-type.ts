/** Element types that graphs here use, with their ONNX codes and sizes. */
const TYPES = {
  float32: { code: 1, bytes: 4, array: Float32Array },
  uint8: { code: 2, bytes: 1, array: Uint8Array },
  int8: { code: 3, bytes: 1, array: Int8Array },
  int32: { code: 6, bytes: 4, array: Int32Array },
  int64: { code: 7, bytes: 8, array: BigInt64Array },
  /** A byte each, 0 or 1. After uint8, which is what a Uint8Array is otherwise taken for. */
  bool: { code: 9, bytes: 1, array: Uint8Array },
} as const;

export type ElementType = keyof typeof TYPES;

/** Element data as JavaScript holds it; the class decides the element type. */
export type TensorData = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array;

export function typeCode(type: ElementType): number {
  return TYPES[type].code;
}

export function bytesPerElement(type: ElementType): number {
  return TYPES[type].bytes;
}

export function elementTypeOf(data: TensorData): ElementType {
  for (const [name, { array }] of Object.entries(TYPES)) {
    if (data instanceof array) return name as ElementType;
  }
  throw new TypeError(`no ONNX element type for ${(data as object).constructor.name}`);
}
