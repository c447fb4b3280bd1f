import type { RerankerSpec } from "../../load.js";
import { show } from "../../types/index.js";
import { checkSpec, readJson } from "../spec-file.js";
import { wrongUsage } from "../usage-error.js";

/**
 * Models by name, as `{ "good": { "cascade": [ … ] }, "rerank-v3.5": "good" }`.
 *
 * @throws RankwrightError WRONG_USAGE naming the file, the model and the place in it
 */
export async function readModelsFile(file: string, cwd: string): Promise<ReadonlyMap<string, RerankerSpec>> {
  const found = await readJson(file, cwd);
  const entries =
    typeof found === "object" && found !== null && !Array.isArray(found) ? Object.entries(found) : [];
  if (entries.length === 0) {
    const mend = 'write an object of names and models, such as {"default": "org/name"}';
    const held = Array.isArray(found)
      ? "an array"
      : typeof found === "object"
        ? "nothing"
        : `a ${typeof found}`;
    throw wrongUsage(`${file} holds ${held}; ${mend}`, { field: "models" });
  }
  const specs = new Map<string, RerankerSpec>();
  for (const [name, spec] of entries) specs.set(name, await checkSpec(spec, `${file}: ${show(name)}`));
  return specs;
}
