import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { checkpointHash, graphCacheDir, sha256 } from "./graph-cache.js";
import { listFiles, type ModelFolder } from "./model-folder.js";
import { openCheckpoint } from "./safetensors/index.js";

/** Configuration, tokenizer and the like; small next to the weights. */
const SETTINGS_FILE = /^[^/]+\.(?:json|txt|model)$/;
/** Where exporters put weights that do not fit into an ONNX file, next to it. */
const EXTERNAL = ["_data", ".data"];

/**
 * A sha256 over everything that the score of a pair depends on: the weights, the other files of the folder, the
 * options, and this package's version. The hash of weights is remembered until their file changes.
 *
 * @param options Whatever else changes scores; JSON.
 * @throws RankwrightError CACHE_FAILED, DISK_FULL, and what reading the files throws
 */
export async function modelFingerprint(model: ModelFolder, options: object): Promise<string> {
  const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };
  const names = (await listFiles(model.folder)).filter((name) => SETTINGS_FILE.test(name)).sort();
  const contents = names.map(async (name) => [name, await hashOf([join(model.folder, name)])]);
  const facts = { version, options, weights: await weightsHash(model), files: await Promise.all(contents) };
  return sha256(JSON.stringify(facts));
}

async function weightsHash({ folder, weights }: ModelFolder): Promise<string> {
  if (weights.kind === "onnx") {
    const files = [weights.path, ...EXTERNAL.map((ending) => weights.path + ending)];
    const present = await Promise.all(files.map((file) => exists(file)));
    const found = files.filter((_, i) => present[i]);
    return checkpointHash(graphCacheDir(), found, () => hashOf(found));
  }
  const checkpoint = await openCheckpoint(folder);
  try {
    const names = new Set(checkpoint.names().map((name) => checkpoint.info(name).file));
    const files = [...names].map((name) => join(folder, name));
    return await checkpointHash(graphCacheDir(), files, () => checkpoint.identity());
  } finally {
    await checkpoint.close();
  }
}

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files) for await (const block of createReadStream(file)) hash.update(block as Buffer);
  return hash.digest("hex");
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
