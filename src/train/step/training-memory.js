// Weights, gradients and moments in one WebAssembly memory: ONNX Runtime reads and writes them in place, and
// so does the optimiser. Plain JavaScript, because it runs in the worker thread.

import { kernelMemory } from "../optimizer/kernel-memory.js";

/** @typedef {import("./messages.js").Region} Region */
const FLOATS_PER_VECTOR = 4;

export class TrainingMemory {
  /** @readonly */ #buffer;
  /** @readonly */ #kernels;
  /** @readonly */ #layout;
  /** @readonly */ #regions;
  /**
   * Rows with a gradient in this step, in the order in which they turned up, by parameter.
   * @type {Set<number>[]}
   */
  #touched;

  /** @param {Pick<import("./messages.js").WorkerSetup, "layout" | "regions" | "kernels">} setup */
  constructor({ layout, regions, kernels }) {
    const memory = kernelMemory(kernels, layout.size * 4 * regions.length);
    this.#kernels = memory.kernels;
    this.#buffer = memory.buffer;
    this.#layout = layout;
    this.#regions = regions;
    this.#touched = layout.slots.map(() => new Set());
  }

  /** @param {Region} region */
  region(region) {
    return new Float32Array(this.#buffer, this.#address(region, 0), this.#layout.size);
  }

  /**
   * @param {Region} region
   * @param {number} parameter
   */
  view(region, parameter) {
    const { offset, length } = this.#slot(parameter);
    return new Float32Array(this.#buffer, this.#address(region, offset), length);
  }

  /**
   * Takes up the dense gradients that one micro-batch has left: the first one's in `gradients`, the others'
   * in `contributions`.
   *
   * @param {number} batch
   * @param {number} share
   */
  accumulate(batch, share) {
    const { denseSize } = this.#layout;
    if (denseSize === 0) return;
    const gradients = this.#address("gradients", 0);
    const contributions = this.#address("contributions", 0);
    if (batch > 0) this.#kernels.blend(gradients, contributions, denseSize, 1, share);
    else if (share !== 1) this.#kernels.blend(gradients, gradients, denseSize, share, 0);
  }

  /**
   * Adds rows to the gradient of a parameter.
   *
   * @param {number} parameter
   * @param {Int32Array | BigInt64Array} indices
   * @param {Float32Array} rows
   * @param {number} share
   */
  addRows(parameter, indices, rows, share) {
    const gradient = this.view("gradients", parameter);
    const width = this.#width(parameter);
    const touched = /** @type {Set<number>} */ (this.#touched[parameter]);
    for (let i = 0, from = 0; i < indices.length; i++) {
      const row = Number(indices[i]);
      touched.add(row);
      for (let to = row * width; to < (row + 1) * width; to++, from++) {
        gradient[to] = /** @type {number} */ (gradient[to]) + share * /** @type {number} */ (rows[from]);
      }
    }
  }

  /** The L2 norm of all gradients together. */
  gradientNorm() {
    const { denseSize } = this.#layout;
    let sum = denseSize === 0 ? 0 : this.#kernels.sumOfSquares(this.#address("gradients", 0), denseSize);
    for (const { offset, length } of this.#layout.slots.flatMap((_, i) => this.#touchedSpans(i))) {
      sum += this.#kernels.sumOfSquares(this.#address("gradients", offset), length);
    }
    return Math.sqrt(sum);
  }

  /**
   * One AdamW step over all weights, or all but the embedding rows without a gradient.
   *
   * @param {import("../optimizer/adamw.js").AdamWStep} step
   * @param {number} gradientScale
   * @param {"update" | "leave"} untouchedRows
   */
  update(step, gradientScale, untouchedRows) {
    for (const [i, { parameter }] of this.#layout.slots.entries()) {
      if (parameter.gradient === undefined) continue;
      const { keep, stepSize } = /** @type {typeof step.parameters[number]} */ (step.parameters[i]);
      const leave = untouchedRows === "leave" && parameter.gradient.kind === "rows";
      for (const { offset, length } of leave ? this.#touchedSpans(i) : [this.#wholeSpan(i)]) {
        this.#kernels.adamw(
          this.#address("weights", offset),
          this.#address("gradients", offset),
          this.#address("firstMoments", offset),
          this.#address("secondMoments", offset),
          length,
          gradientScale,
          keep,
          step.firstRate,
          step.secondKeep,
          step.secondRate,
          stepSize,
          step.correction,
          step.epsilon,
        );
      }
    }
  }

  /**
   * Moves the averages towards the weights.
   *
   * @param {number} decay
   */
  average(decay) {
    const [averages, weights] = [this.#address("averages", 0), this.#address("weights", 0)];
    this.#kernels.blend(averages, weights, this.#layout.trainedSize, decay, 1 - decay);
  }

  /** Makes the gradient rows of this step 0 again; dense gradients are overwritten by the next run. */
  clearRows() {
    for (const [i, touched] of this.#touched.entries()) {
      const gradient = this.view("gradients", i);
      const width = this.#width(i);
      for (const row of touched) gradient.fill(0, row * width, (row + 1) * width);
      touched.clear();
    }
  }

  /**
   * The touched rows of a parameter whose gradient is rows, as far as the kernels can take rows one by one.
   *
   * @param {number} parameter
   */
  #touchedSpans(parameter) {
    const {
      offset,
      parameter: { gradient },
    } = this.#slot(parameter);
    if (gradient?.kind !== "rows") return [];
    const width = this.#width(parameter);
    if (width % FLOATS_PER_VECTOR !== 0) return [this.#wholeSpan(parameter)];
    const touched = /** @type {Set<number>} */ (this.#touched[parameter]);
    return [...touched].map((row) => ({ offset: offset + row * width, length: width }));
  }

  /**
   * A parameter with its padding, which is 0 and stays so.
   *
   * @param {number} parameter
   */
  #wholeSpan(parameter) {
    const { offset, length } = this.#slot(parameter);
    return { offset, length: Math.ceil(length / FLOATS_PER_VECTOR) * FLOATS_PER_VECTOR };
  }

  /** @param {number} parameter */
  #slot(parameter) {
    return /** @type {import("./memory-layout.js").Slot} */ (this.#layout.slots[parameter]);
  }

  /**
   * Numbers in a row of a parameter.
   *
   * @param {number} parameter
   */
  #width(parameter) {
    const {
      length,
      parameter: { shape },
    } = this.#slot(parameter);
    return length / (shape[0] ?? 1);
  }

  /**
   * @param {Region} region
   * @param {number} offset
   */
  #address(region, offset) {
    return 4 * (this.#regions.indexOf(region) * this.#layout.size + offset);
  }
}

/**
 * The factor that brings a gradient of this norm down to the limit, as torch.nn.utils.clip_grad_norm_ has it;
 * 1 without a limit.
 *
 * @param {number} norm
 * @param {number | undefined} maxGradientNorm
 */
export function clippingFactor(norm, maxGradientNorm) {
  return maxGradientNorm === undefined ? 1 : Math.min(1, maxGradientNorm / (norm + 1e-6));
}
