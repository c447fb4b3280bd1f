import { RankwrightError, show } from "../../types/index.js";
import { invalidOption } from "../optimizer/options.js";
import type { Tensors, TrainingParameter } from "./training-model.js";

/**
 * Where everything lies in the one memory. It consists of regions of equal size, and every region has a place for
 * each number of each parameter. All sizes and offsets are in floats.
 */
export interface MemoryLayout {
  /** In the order of the parameters. */
  readonly slots: readonly Slot[];
  /** Parameters with a dense gradient come first and take this much of a region; */
  readonly denseSize: number;
  /** those with row gradients come next and end here; the rest is not trained. */
  readonly trainedSize: number;
  readonly size: number;
}

/** A parameter's place in a region; padding of zeros follows it. */
export interface Slot {
  readonly parameter: TrainingParameter;
  readonly offset: number;
  readonly length: number;
}

/** A cache line; also keeps every length a multiple of what the kernels take at once. */
const ALIGNMENT = 16;
const MEMORY_BYTES = 2 ** 32;

/** @throws RankwrightError INVALID_OPTION */
export function memoryLayout(parameters: readonly TrainingParameter[]): MemoryLayout {
  checkParameters(parameters);
  const slots = new Map<TrainingParameter, Slot>();
  let end = 0;
  const place = (kind: "dense" | "rows" | undefined): number => {
    for (const parameter of parameters) {
      if (parameter.gradient?.kind !== kind) continue;
      const length = parameter.shape.reduce((product, size) => product * size, 1);
      slots.set(parameter, { parameter, offset: end, length });
      end += Math.ceil(length / ALIGNMENT) * ALIGNMENT;
    }
    return end;
  };
  const [denseSize, trainedSize, size] = [place("dense"), place("rows"), place(undefined)];
  return { slots: parameters.map((parameter) => slots.get(parameter) as Slot), denseSize, trainedSize, size };
}

function checkParameters(parameters: readonly TrainingParameter[]): void {
  for (const { name, shape } of parameters)
    if (!shape.every((size) => Number.isSafeInteger(size) && size > 0))
      throw invalidOption(`shape of ${show(name)}`, shape, "sizes are whole numbers of at least 1");
  if (parameters.every(({ gradient }) => gradient === undefined))
    throw invalidOption("parameters", parameters.length, "none has a gradient; there is nothing to train");
  const outputs = parameters.flatMap(({ gradient }) => (gradient?.kind === "dense" ? [gradient.output] : []));
  const twice = outputs.find((name, i) => outputs.indexOf(name) !== i);
  if (twice !== undefined)
    throw invalidOption("parameters", twice, "two parameters cannot have one gradient output in common");
}

/** @throws RankwrightError INVALID_OPTION when the kernels cannot update single rows of a parameter */
export function checkRows(parameters: readonly TrainingParameter[]): void {
  for (const { name, shape, gradient } of parameters) {
    const width = shape.slice(1).reduce((product, size) => product * size, 1);
    if (gradient?.kind !== "rows" || width % 4 === 0) continue;
    const mend = `rows of ${show(name)} hold ${width} numbers; it takes a multiple of 4, or pass "update"`;
    throw invalidOption("untouchedRows", "leave", mend);
  }
}

/** @throws RankwrightError INVALID_OPTION when WebAssembly cannot address so much */
export function checkSize({ size }: MemoryLayout, regions: number): void {
  const most = Math.floor(MEMORY_BYTES / 4 / regions);
  if (size > most) throw invalidOption("parameters", size, `at most ${most} numbers can be trained`);
}

/**
 * The start of a region, as long as the slots reach.
 *
 * @throws RankwrightError MISSING_TENSOR, TENSOR_SHAPE
 */
export function packRegion(tensors: Tensors, slots: readonly Slot[]): Float32Array<ArrayBuffer> {
  const region = new Float32Array(Math.max(...slots.map(({ offset, length }) => offset + length)));
  for (const { parameter, offset, length } of slots) {
    const { name, shape } = parameter;
    const data = tensors.get(name);
    if (data === undefined) {
      const message = `tensor ${show(name)} is missing; pass every parameter of the graph`;
      throw new RankwrightError("MISSING_TENSOR", message, { field: name });
    }
    if (data.length !== length) {
      const message = `tensor ${show(name)} holds ${data.length} numbers, but its shape [${shape.join(", ")}] needs ${length}`;
      throw new RankwrightError("TENSOR_SHAPE", message, { field: name, value: data.length });
    }
    region.set(data, offset);
  }
  return region;
}

/** Tensors by name, views of the region. */
export function unpackRegion(region: Float32Array, slots: readonly Slot[]): Tensors {
  return new Map(
    slots.map(({ parameter, offset, length }) => [parameter.name, region.subarray(offset, offset + length)]),
  );
}
