import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { LoadOptions } from "../../load.js";
import { graphCacheDir } from "../../models/graph-cache.js";
import type { Reranker } from "../../types/index.js";
import type { Io } from "../io.js";

/** Options that change how a model runs but not what it says. */
const WITHOUT_EFFECT = new Set(["threads", "offline", "endpoint", "cacheDir", "batchTokens"]);

/**
 * The file that keeps the scores of a model: another one for every version of the model, of this package
 * and of the options that matter. A folder's version is the size and time of each of its files.
 */
export async function journalPath(
  reranker: Reranker,
  model: string | undefined,
  options: LoadOptions,
  { env, cwd }: Pick<Io, "env" | "cwd">,
): Promise<string> {
  const { version } = createRequire(import.meta.url)("../../../package.json") as { version: string };
  const settings = Object.entries(options).filter(([name]) => !WITHOUT_EFFECT.has(name));
  const files = model === undefined ? [] : await folderFacts(resolve(cwd, model));
  const facts = JSON.stringify({ version, id: reranker.id, settings, files });
  const key = createHash("sha256").update(facts).digest("hex").slice(0, 24);
  return join(graphCacheDir(env), "scores", `${key}.jsonl`);
}

/** Nothing for what is no folder: a hub model's commit is part of its id. */
async function folderFacts(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  return Promise.all(
    names.sort().map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return `${name} ${size} ${mtimeMs}`;
    }),
  );
}
