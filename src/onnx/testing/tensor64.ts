/** A tensor of the reference evaluation: row-major doubles; bools are 0 and 1. */
export interface Tensor64 {
  readonly dims: readonly number[];
  readonly data: Float64Array;
}

export const sizeOf = (dims: readonly number[]): number => dims.reduce((a, b) => a * b, 1);

/** Fills a tensor from each element's place. */
export function tabulate(dims: readonly number[], element: (place: readonly number[]) => number): Tensor64 {
  const data = new Float64Array(sizeOf(dims));
  const place = dims.map(() => 0);
  for (let i = 0; i < data.length; i++) {
    data[i] = element(place);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      place[axis] = (place[axis] as number) + 1;
      if ((place[axis] as number) < (dims[axis] as number)) break;
      place[axis] = 0;
    }
  }
  return { dims, data };
}

/** The element at a place, of which leading axes are dropped and axes of size 1 are broadcast. */
export function read({ dims, data }: Tensor64, place: readonly number[]): number {
  const skipped = place.length - dims.length;
  let offset = 0;
  for (let axis = 0; axis < dims.length; axis++) {
    const size = dims[axis] as number;
    offset = offset * size + (size === 1 ? 0 : (place[axis + skipped] as number));
  }
  return data[offset] as number;
}

export function broadcastDims(all: readonly (readonly number[])[]): readonly number[] {
  const rank = Math.max(...all.map(({ length }) => length));
  return Array.from({ length: rank }, (_, axis) =>
    all.reduce((size, dims) => {
      const own = dims[axis - rank + dims.length] ?? 1;
      return own === 1 ? size : own;
    }, 1),
  );
}
