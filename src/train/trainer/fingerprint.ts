import { createHash } from "node:crypto";
import type { Task } from "./task.js";
import type { TrainingOptions } from "./training-options.js";

/** Equal for trainings that would do the same. */
export function fingerprint({ model, facts }: Task, options: TrainingOptions): string {
  const hash = createHash("sha256");
  for (const [name, { data }] of model.tensors) {
    hash.update(name).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  const { epochs, maxSteps, learningRate, schedule, warmup, optimizer, layerDecay, dropout } = options;
  const { accumulate, maxTokens, seed, threads, validateEvery } = options;
  const all = {
    ...facts,
    graph: createHash("sha256").update(model.training.model).digest("hex"),
    ...{ epochs, maxSteps, learningRate, schedule, warmup, optimizer, layerDecay, dropout },
    ...{ accumulate, maxTokens, seed, threads, validateEvery },
  };
  return hash.update(JSON.stringify(all)).digest("hex");
}
