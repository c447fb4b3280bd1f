import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RankwrightError, show } from "../types/index.js";

/** config.json as it stands in the folder. */
export type RawConfig = Readonly<Record<string, unknown>>;

export async function readConfig(folder: string): Promise<RawConfig> {
  const path = join(folder, "config.json");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new RankwrightError(
      "MODEL_FILE_MISSING",
      `${path} cannot be read; a model folder needs config.json, tokenizer.json and model.safetensors (or an .onnx file)`,
      { field: "config.json", value: path, cause },
    );
  }
  return parseConfig(text, path, "download the model again");
}

/**
 * @param path for messages
 * @param mend what to do about a file that is no JSON
 * @throws RankwrightError INVALID_CONFIG unless it is an object
 */
export function parseConfig(text: string, path: string, mend: string): RawConfig {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new RankwrightError(
      "INVALID_CONFIG",
      `${path} is not valid JSON (${(cause as Error).message}); ${mend}`,
      { field: "config.json", value: path, cause },
    );
  }
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw new RankwrightError("INVALID_CONFIG", `${path} holds ${show(raw)}; it must hold a JSON object`, {
      field: "config.json",
      value: raw,
    });
  }
  return raw as RawConfig;
}

/** A whole number ≥ 1 under `key`, or `fallback` when the key is absent. */
export function positiveInteger(config: RawConfig, key: string, fallback?: number): number {
  const value = config[key] ?? fallback;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 1) return value;
  throw invalidConfig(key, config[key], "a whole number of at least 1");
}

/** A finite number > 0 under `key`, or `fallback` when the key is absent. */
export function positiveNumber(config: RawConfig, key: string, fallback: number): number {
  const value = config[key] ?? fallback;
  if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
  throw invalidConfig(key, config[key], "a number above 0");
}

/** A string under `key`, or `fallback` when the key is absent. */
export function text(config: RawConfig, key: string, fallback: string): string {
  const value = config[key] ?? fallback;
  if (typeof value === "string") return value;
  throw invalidConfig(key, value, "a string");
}

export function invalidConfig(key: string, value: unknown, wanted: string): RankwrightError {
  return new RankwrightError(
    "INVALID_CONFIG",
    `config.json: ${key} is ${show(value)}; it must be ${wanted}`,
    {
      field: key,
      value,
    },
  );
}
