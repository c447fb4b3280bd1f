import { join } from "node:path";
import { openCheckpoint } from "./open-checkpoint.js";
import { type NamedTensor, type WrittenDType, writeSafetensors } from "./write.js";

/**
 * Stores the weights of a model folder in another type, as one `model.safetensors`: `F16` takes half the room of
 * `F32` and rounds each number to the nearest of its kind. Nothing else in the folder changes, and a failure
 * leaves the weights as they were.
 *
 * @throws RankwrightError INVALID_OPTION for a number that float16 cannot hold, DISK_FULL, WRITE_FAILED, and the
 *   codes of checkpoints
 */
export async function storeWeights(folder: string, dtype: WrittenDType): Promise<void> {
  const checkpoint = await openCheckpoint(folder);
  const tensors: NamedTensor[] = [];
  try {
    for (const name of checkpoint.names()) {
      const { shape } = checkpoint.info(name);
      tensors.push({ name, shape, data: await checkpoint.read(name) });
    }
  } finally {
    await checkpoint.close();
  }
  // transformers insists on the format.
  await writeSafetensors(join(folder, "model.safetensors"), tensors, { format: "pt" }, { dtype });
}
