import type { LoadOptions } from "../load.js";
import type { Reranker } from "../types/index.js";
import type { Load } from "./commands.js";
import type { Io } from "./io.js";
import { downloadMeter } from "./terminal/download-meter.js";
import type { Progress } from "./terminal/progress.js";

/** Loads a model and tells how it goes; warnings go to standard error. */
export function openReranker(
  model: string | undefined,
  options: LoadOptions,
  { io, load, progress }: { readonly io: Io; readonly load: Load; readonly progress: Progress },
): Promise<Reranker> {
  const meter = downloadMeter(progress, model ?? "");
  return load(model, {
    ...options,
    signal: io.signal,
    onWarning: ({ code, message }) => {
      progress.end();
      io.stderr.write(`rankwright: warning: ${code}: ${message}\n`);
    },
    onProgress: ({ stage, text, done = 0, total }) => {
      if (stage === "download") meter(text, done, total);
      else progress.update({ text: `${stage} ${text}` });
    },
  });
}
