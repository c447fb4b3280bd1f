import type { Feed, Feeds } from "../../onnx/index.js";

/**
 * Where each of T packed tokens stands among the B·S slots of its batch, int32 [T]: token s of sequence b at
 * b·S + s. The inverse of `slotRows`, see `packSequences`.
 */
export function tokenSlots({ ids, firstRows, slotRows }: Feeds): Feed {
  const [tokens = 0] = ids?.dims ?? [];
  const [, slots = 0] = slotRows?.dims ?? [];
  const starts = firstRows?.data as Int32Array;
  const data = new Int32Array(tokens);
  starts.forEach((start, b) => {
    const end = starts[b + 1] ?? tokens;
    for (let row = start; row < end; row++) data[row] = b * slots + row - start;
  });
  return { type: "int32", data, dims: [tokens] };
}
