import type { Progress } from "./progress.js";

/** Takes what each of several files that are downloaded side by side has received. */
export type DownloadMeter = (file: string, received: number, total: number | undefined) => void;

/** Shows one sum for all files of a model; its total grows with the files that have begun. */
export function downloadMeter(progress: Progress, model: string): DownloadMeter {
  const files = new Map<string, { readonly received: number; readonly total: number | undefined }>();
  return (file, received, total) => {
    files.set(file, { received, total });
    let done = 0;
    let all: number | undefined = 0;
    for (const each of files.values()) {
      done += each.received;
      all = all === undefined || each.total === undefined ? undefined : all + each.total;
    }
    progress.update({ text: `download ${model}`, done, total: all, unit: "bytes" });
  };
}
