import { join } from "node:path";

/**
 * What a contestant's process is told.
 * @param {string} root the bench's folder of models
 * @param {string} shape
 * @param {"float32" | "int8" | "peer"} contestant
 */
export function specOf(root, shape, contestant) {
  const shared = { folder: join(root, shape), workload: join(root, "workload.json") };
  return contestant === "peer"
    ? { contestant: "peer", ...shared }
    : { contestant: "ours", precision: contestant, ...shared };
}

/** Where rankwright keeps the models that it has converted. */
export function cacheOf(/** @type {string} */ root) {
  return join(root, "converted");
}

/** The ways in which the peer is called: documents per call, in the caller's order or by length. */
export const PEER_WAYS = {
  "one call": { batch: 100, sorted: false },
  "batches of 32": { batch: 32, sorted: false },
  "batches of 8": { batch: 8, sorted: false },
  "one pair a call": { batch: 1, sorted: false },
  "sorted, batches of 16": { batch: 16, sorted: true },
  "sorted, batches of 8": { batch: 8, sorted: true },
  "sorted, batches of 4": { batch: 4, sorted: true },
};
