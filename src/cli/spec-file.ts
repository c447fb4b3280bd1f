import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { RerankerSpec } from "../load.js";
import { RankwrightError } from "../types/index.js";
import { parseJson } from "./parse-json.js";
import { wrongUsage } from "./usage-error.js";

/** Whether a model's name is that of a file that describes a reranker. */
export function isSpecFile(model: string | undefined): model is string {
  return model?.endsWith(".json") === true;
}

/**
 * Reads a file that describes a reranker, and checks it.
 *
 * @throws RankwrightError WRONG_USAGE naming the file and the place in it
 */
export async function readSpecFile(file: string, cwd: string): Promise<RerankerSpec> {
  return checkSpec(await readJson(file, cwd), file);
}

/** @param place What messages call it. @throws RankwrightError WRONG_USAGE */
export async function checkSpec(spec: unknown, place: string): Promise<RerankerSpec> {
  const { readSpec } = await import("../load/read-spec.js");
  try {
    readSpec(spec);
  } catch (error) {
    if (!RankwrightError.isInstance(error)) throw error;
    throw wrongUsage(`${place}: ${error.message}`, {
      ...(error.field !== undefined && { field: error.field }),
    });
  }
  return spec as RerankerSpec;
}

/** @throws RankwrightError WRONG_USAGE for a file that cannot be read or is not JSON */
export async function readJson(file: string, cwd: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), "utf8");
  } catch (error) {
    throw wrongUsage(`${file} cannot be read (${(error as Error).message}); check the path`, {
      field: "model",
    });
  }
  return parseJson(text, file, "model");
}
