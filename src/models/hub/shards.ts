import { RankwrightError, show } from "../../types/index.js";
import { pathProblem } from "./safe-path.js";

/**
 * The distinct files that a `model.safetensors.index.json` spreads its tensors over, sorted.
 * @throws INVALID_SAFETENSORS when the index is malformed or names a file outside the folder
 */
export function shardNames(indexJson: string, where: string): string[] {
  const bad = (why: string) =>
    new RankwrightError("INVALID_SAFETENSORS", `model.safetensors.index.json of ${where} ${why}`, {
      field: "weight_map",
    });
  let index: unknown;
  try {
    index = JSON.parse(indexJson);
  } catch (error) {
    throw new RankwrightError("INVALID_SAFETENSORS", `model.safetensors.index.json of ${where} is not JSON`, {
      cause: error,
    });
  }
  const map: unknown = (index as { weight_map?: unknown } | null)?.weight_map;
  if (typeof map !== "object" || map === null || Array.isArray(map)) throw bad("has no weight_map");
  const names = new Set<string>();
  for (const name of Object.values(map) as unknown[]) {
    if (typeof name !== "string") throw bad(`maps a tensor to ${show(name)}, which is no file name`);
    const problem = pathProblem(name);
    if (problem !== undefined) throw bad(`names the file ${show(name)}, which ${problem}`);
    names.add(name);
  }
  if (names.size === 0) throw bad("names no files");
  return [...names].sort();
}
