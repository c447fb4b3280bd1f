// Runs in a worker thread: a training session, one request at a time. ONNX Runtime blocks its thread while it
// runs, so training must not live on the caller's event loop. Plain JavaScript, because a worker cannot be
// started from TypeScript source under Node 20.
import { parentPort, workerData } from "node:worker_threads";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { clippingFactor, TrainingMemory } from "./training-memory.js";

/** @typedef {import("../../onnx/index.js").Feeds} Feeds */
/** @typedef {import("./messages.js").Region} Region */
/** @typedef {import("./messages.js").StepRequest} StepRequest */

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);
/** @type {import("./messages.js").WorkerSetup} */
const setup = workerData;
const { loss, measures, layout } = setup;
const parameters = layout.slots.map(({ parameter }) => parameter);

/** @type {TrainingMemory} */
let memory;
/** @type {InferenceSession} */
let session;
/** @type {InferenceSession | undefined} */
let forwardSession;
/** What masks of dropout are cut from. */
let maskStore = new Float32Array(0);

try {
  memory = new TrainingMemory(setup);
  session = await open(setup.model);
  port.postMessage({ reply: undefined });
} catch (error) {
  port.postMessage({ error: text(error) });
}

port.on("message", async (/** @type {import("./messages.js").RequestMessage} */ { kind, request }) => {
  try {
    const reply = await answers[kind](/** @type {never} */ (request));
    port.postMessage({ reply }, reply instanceof Float32Array ? [reply.buffer] : []);
  } catch (error) {
    port.postMessage({ error: text(error) });
  }
});

const answers = {
  step,
  forward,
  /** @param {{ region: Region, length: number }} request */
  read: ({ region, length }) => memory.region(region).slice(0, length),
  /** @param {{ region: Region, data: Float32Array }} request */
  write: ({ region, data }) => memory.region(region).set(data),
};

/**
 * @param {StepRequest} request
 * @returns {Promise<import("./step.js").StepResult | import("./messages.js").Divergence>}
 */
async function step({ batches, maskNumbers, adamw, maxGradientNorm, averaging, untouchedRows }) {
  if (maskNumbers !== undefined) extendMaskStore(maskNumbers);
  try {
    let meanLoss = 0;
    const means = measures.map(() => 0);
    let graphMilliseconds = 0;
    const start = performance.now();
    for (const [i, { feeds, share, masks }] of batches.entries()) {
      const before = performance.now();
      const inputs = { ...weightTensors("weights"), ...tensors(feeds), ...maskTensors(masks) };
      const outputs = await session.run(
        inputs,
        gradientOutputs(i === 0 ? "gradients" : "contributions", feeds),
      );
      graphMilliseconds += performance.now() - before;
      const value = /** @type {number} */ (outputs[loss]?.data[0]);
      if (!Number.isFinite(value)) return { diverged: "loss", value, batch: i };
      meanLoss += share * value;
      for (const [m, name] of measures.entries()) {
        means[m] = Number(means[m]) + share * Number(outputs[name]?.data[0]);
      }
      memory.accumulate(i, share);
      for (const [p, { gradient }] of parameters.entries()) {
        if (gradient?.kind !== "rows") continue;
        const indices = /** @type {Int32Array | BigInt64Array} */ (
          (feeds[gradient.indices] ?? outputs[gradient.indices])?.data
        );
        const rows = /** @type {Float32Array} */ (outputs[gradient.rows]?.data);
        memory.addRows(p, indices, rows, share);
      }
    }
    const gradientNorm = memory.gradientNorm();
    if (!Number.isFinite(gradientNorm)) return { diverged: "gradientNorm", value: gradientNorm };
    memory.update(adamw, clippingFactor(gradientNorm, maxGradientNorm), untouchedRows);
    if (averaging !== undefined) memory.average(averaging);
    const updateMilliseconds = performance.now() - start - graphMilliseconds;
    return { loss: meanLoss, measures: means, gradientNorm, graphMilliseconds, updateMilliseconds };
  } finally {
    memory.clearRows();
  }
}

/** @param {import("./messages.js").ForwardRequest} request */
async function forward({ feeds, region }) {
  forwardSession ??= await open(/** @type {string | Uint8Array} */ (setup.forward));
  const outputs = await forwardSession.run({ ...weightTensors(region), ...tensors(feeds) });
  return Object.fromEntries(Object.entries(outputs).map(([name, { data, dims }]) => [name, { data, dims }]));
}

/** @param {string | Uint8Array} model */
function open(model) {
  // create() has an overload for each of the two.
  return InferenceSession.create(/** @type {string} */ (model), setup.session);
}

/** @param {Region} region */
function weightTensors(region) {
  return Object.fromEntries(
    parameters.map(({ name, shape }, i) => [name, new Tensor("float32", memory.view(region, i), shape)]),
  );
}

/**
 * Where each output goes: dense gradients straight into a region, the rest into fresh memory.
 *
 * @param {Region} region
 * @param {Feeds} feeds
 */
function gradientOutputs(region, feeds) {
  /** @type {Record<string, Tensor | null>} */
  const outputs = Object.fromEntries([loss, ...measures].map((name) => [name, null]));
  for (const [i, { shape, gradient }] of parameters.entries()) {
    if (gradient?.kind === "dense") {
      outputs[gradient.output] = new Tensor("float32", memory.view(region, i), shape);
    } else if (gradient?.kind === "rows") {
      outputs[gradient.rows] = null;
      if (feeds[gradient.indices] === undefined) outputs[gradient.indices] = null;
    }
  }
  return outputs;
}

/** @param {Feeds} feeds */
function tensors(feeds) {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { type, data, dims }]) => [name, new Tensor(type, data, dims)]),
  );
}

/** @param {Float32Array} numbers */
function extendMaskStore(numbers) {
  const longer = new Float32Array(maskStore.length + numbers.length);
  longer.set(maskStore);
  longer.set(numbers, maskStore.length);
  maskStore = longer;
}

/** @param {readonly import("./dropout-masks.js").MaskSlice[]} masks */
function maskTensors(masks) {
  return Object.fromEntries(
    masks.map(({ name, dims, offset }) => {
      const length = dims.reduce((product, size) => product * size, 1);
      return [name, new Tensor("float32", maskStore.subarray(offset, offset + length), dims)];
    }),
  );
}

/** @param {unknown} error */
function text(error) {
  return error instanceof Error ? error.message : String(error);
}
