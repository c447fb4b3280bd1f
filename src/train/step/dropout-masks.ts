import { Random } from "../../numbers/random.js";
import type { Feeds } from "../../onnx/index.js";
import { deriveSeed } from "../data/derive-seed.js";
import { invalidOption } from "../optimizer/options.js";
import type { MaskInput } from "./training-model.js";

export interface DropoutOptions {
  /** Probability that a number is dropped, from 0 to below 1; the others are divided by 1 − rate. */
  readonly rate: number;
  readonly seed: number;
}

/** A mask as a stretch of the store. */
export interface MaskSlice {
  readonly name: string;
  readonly dims: readonly number[];
  /** Of its first number in the store. */
  readonly offset: number;
}

/** Masks begin at one of so many places in the store, each a cache line after the other. */
const PLACES = 2 ** 16;
const CACHE_LINE = 16;
/** The store grows by at least so many numbers. */
const LEAST_GROWTH = 2 ** 18;

/**
 * Masks for dropout (Srivastava et al., JMLR 15, 2014): 1/(1 − rate) or 0. Drawing millions of numbers in every
 * step would take longer than the step, so there is one store of them, and every mask is a stretch of it from a
 * place that follows from seed, step and batch. The store is drawn from the seed in one order, however far it
 * has grown: a resumed training has the same masks.
 */
export class DropoutMasks {
  readonly #masks: readonly MaskInput[];
  readonly #options: DropoutOptions;
  readonly #store: Random;
  #length = 0;

  /** @throws RankwrightError INVALID_OPTION */
  constructor(masks: readonly MaskInput[], options: DropoutOptions = { rate: 0, seed: 0 }) {
    checkDropout(options.rate);
    this.#masks = masks;
    this.#options = options;
    this.#store = new Random(deriveSeed(options.seed, "dropout"));
  }

  /** The masks of micro-batch `batch` of step `step`. */
  slices(step: number, batch: number, feeds: Feeds): readonly MaskSlice[] {
    if (this.#masks.length === 0) return [];
    const random = new Random(deriveSeed(this.#options.seed, "dropout", step, batch));
    return this.#masks.map(({ name, rowsOf, width }) => ({
      name,
      dims: [feeds[rowsOf]?.dims[0] as number, width],
      offset: CACHE_LINE * random.int(PLACES),
    }));
  }

  /** The numbers that the store needs at its end before these masks can be cut from it. */
  extend(slices: readonly MaskSlice[]): Float32Array | undefined {
    // From wherever they begin: the store is as long for all of them.
    const longest = slices.reduce((most, { dims: [rows = 0, width = 0] }) => Math.max(most, rows * width), 0);
    const lacking = longest === 0 ? 0 : CACHE_LINE * PLACES + longest - this.#length;
    if (lacking <= 0) return undefined;
    const { rate } = this.#options;
    const kept = 1 / (1 - rate);
    const numbers = new Float32Array(Math.max(lacking, LEAST_GROWTH));
    for (let i = 0; i < numbers.length; i++) {
      numbers[i] = this.#store.uint32() < rate * 2 ** 32 ? 0 : kept;
    }
    this.#length += numbers.length;
    return numbers;
  }
}

/** @throws RankwrightError INVALID_OPTION */
export function checkDropout(rate: number): void {
  if (Number.isFinite(rate) && rate >= 0 && rate < 1) return;
  throw invalidOption("dropout", rate, "pass a number from 0 to below 1, such as 0.1");
}
