import type { LoadOptions, RerankerSpec } from "../load.js";
import type { Reranker } from "../types/index.js";
import type { Load } from "./commands.js";
import type { Io } from "./io.js";
import { isSpecFile, readSpecFile } from "./spec-file.js";
import { downloadMeter } from "./terminal/download-meter.js";
import type { Progress } from "./terminal/progress.js";
import { warner } from "./warn.js";

/** Names the model that needs no download. */
export const BUILT_IN = "built-in";

/**
 * Loads a model, or what a file ending in .json or a spec describes, and tells how it goes; warnings go to standard
 * error.
 */
export async function openReranker(
  model: RerankerSpec | undefined,
  options: LoadOptions,
  { io, load, progress }: { readonly io: Io; readonly load: Load; readonly progress: Progress },
): Promise<Reranker> {
  const named = typeof model === "string" ? model : "";
  const meter = downloadMeter(progress, named);
  const wanted = isSpecFile(named) ? await readSpecFile(named, io.cwd) : model;
  return load(wanted === BUILT_IN ? undefined : wanted, {
    ...options,
    signal: io.signal,
    onWarning: warner(io, progress),
    onProgress: ({ stage, text, done = 0, total }) => {
      if (stage === "download") meter(text, done, total);
      else progress.update({ text: `${stage} ${text}` });
    },
  });
}
