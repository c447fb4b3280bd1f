import { join, resolve } from "node:path";

/** Folder of judged collections (`test/`) and training pairs (`train/`) that some tests read where it is there. */
export const DATASETS = resolve(
  process.env.RANKWRIGHT_DATASETS ?? join(import.meta.dirname, "../../../../shared/data"),
);
