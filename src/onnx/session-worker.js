// Runs in a worker thread: one session, one run at a time. onnxruntime-node's run() blocks its
// thread although it returns a promise, so the model must not live on the caller's event loop.
// Plain JavaScript, because a worker cannot be started from TypeScript source under Node 20.
import { parentPort, workerData } from "node:worker_threads";
import { InferenceSession, Tensor } from "onnxruntime-node";

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);

/** @param {unknown} error */
const text = (error) => (error instanceof Error ? error.message : String(error));

/** @type {InferenceSession} */
let session;
try {
  session = await InferenceSession.create(workerData.path, workerData.options);
  port.postMessage({ ready: true, inputs: session.inputMetadata, outputs: session.outputMetadata });
} catch (error) {
  port.postMessage({ ready: false, error: text(error) });
}

port.on("message", async (/** @type {import("./session-pool.js").RunMessage} */ { id, feeds }) => {
  try {
    /** @type {Record<string, Tensor>} */
    const tensors = {};
    for (const [name, { type, data, dims }] of Object.entries(feeds))
      tensors[name] = new Tensor(type, data, dims);
    const results = await session.run(tensors);
    /** @type {Record<string, { data: unknown, dims: readonly number[] }>} */
    const outputs = {};
    for (const [name, tensor] of Object.entries(results))
      outputs[name] = { data: tensor.data, dims: tensor.dims };
    port.postMessage({ id, outputs });
  } catch (error) {
    port.postMessage({ id, error: text(error) });
  }
});
