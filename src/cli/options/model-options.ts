import type { LoadOptions } from "../../load.js";
import { wrongUsage } from "../usage-error.js";
import type { OptionName, OptionValues } from "./options.js";
import type { Flags } from "./resolve-options.js";

/** How a model is found and run: the same for every command that loads one. */
export const MODEL_OPTIONS = [
  "precision",
  "threads",
  "maxTokens",
  "truncation",
  "windows",
  "maxWindows",
  "aggregate",
  "batchTokens",
  "scores",
  "revision",
  "offline",
  "endpoint",
  "cacheDir",
] as const satisfies readonly OptionName[];

/** @throws RankwrightError WRONG_USAGE for flags about windows without windows */
export function toLoadOptions(
  flags: Flags,
  values: Pick<OptionValues, (typeof MODEL_OPTIONS)[number]>,
): LoadOptions {
  const { windows, maxWindows, aggregate } = values;
  const idle = (["maxWindows", "aggregate"] as const).find((name) => flags[name] !== undefined);
  if (windows === undefined && idle !== undefined) {
    const flag = idle === "aggregate" ? "--aggregate" : "--max-windows";
    throw wrongUsage(`${flag} does nothing without windows; add --windows TOKENS, such as --windows 256:32`, {
      field: idle,
    });
  }
  const { precision, threads, maxTokens, truncation, batchTokens, scores } = values;
  const { revision, offline, endpoint, cacheDir } = values;
  return {
    precision,
    threads,
    maxTokens,
    truncation,
    batchTokens,
    scores,
    revision,
    offline,
    endpoint,
    cacheDir,
    windows: windows && { ...windows, maxWindows, aggregate },
  };
}
