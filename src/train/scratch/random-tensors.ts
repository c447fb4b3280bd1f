import { Random } from "../../numbers/random.js";
import { deriveSeed } from "../data/derive-seed.js";

/** A tensor of a checkpoint; row-major. */
export interface HeldTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Initialisation {
  /** Standard deviation of weights. */
  readonly deviation: number;
  /** The row of a table that is 0, by the table's name: that of padding, which is never learned. Default: none. */
  readonly zeroRows?: ReadonlyMap<string, number> | undefined;
  readonly seed: number;
  /** Goes into the seed, so that another use of it draws other numbers. */
  readonly use: string;
}

/**
 * Values to begin with as `_init_weights` of transformers has them: weights and embeddings normally distributed
 * around 0 (BERT, Devlin et al., 1810.04805), biases 0, scales of norms 1. The numbers of a tensor depend on seed,
 * use and its name alone.
 */
export function randomTensors(
  shapes: ReadonlyMap<string, readonly number[]>,
  { deviation, zeroRows, seed, use }: Initialisation,
): ReadonlyMap<string, HeldTensor> {
  const tensors = new Map<string, HeldTensor>();
  for (const [name, shape] of shapes) {
    const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
    if (isNormScale(name)) data.fill(1);
    else if (!name.endsWith("bias")) {
      const random = new Random(deriveSeed(seed, use, name));
      for (let i = 0; i < data.length; i++) data[i] = deviation * normal(random);
    }
    const zeroRow = zeroRows?.get(name);
    const [, width = 1] = shape;
    if (zeroRow !== undefined) data.fill(0, zeroRow * width, (zeroRow + 1) * width);
    tensors.set(name, { shape, data });
  }
  return tensors;
}

function isNormScale(name: string): boolean {
  return /(?:LayerNorm|layer_norm)\.weight$/.test(name);
}

/** Standard normal (Box and Muller 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
}
