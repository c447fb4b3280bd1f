import type { LoadOptions } from "../load.js";
import type { Reranker } from "../types/index.js";
import type { Load } from "./commands.js";
import type { Io } from "./io.js";
import { downloadMeter } from "./terminal/download-meter.js";
import type { Progress } from "./terminal/progress.js";
import { warner } from "./warn.js";

/** Names the model that needs no download. */
export const BUILT_IN = "built-in";

/** Loads a model and tells how it goes; warnings go to standard error. */
export function openReranker(
  model: string | undefined,
  options: LoadOptions,
  { io, load, progress }: { readonly io: Io; readonly load: Load; readonly progress: Progress },
): Promise<Reranker> {
  const meter = downloadMeter(progress, model ?? "");
  return load(model === BUILT_IN ? undefined : model, {
    ...options,
    signal: io.signal,
    onWarning: warner(io, progress),
    onProgress: ({ stage, text, done = 0, total }) => {
      if (stage === "download") meter(text, done, total);
      else progress.update({ text: `${stage} ${text}` });
    },
  });
}
