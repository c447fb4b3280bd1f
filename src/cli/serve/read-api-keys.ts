import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { wrongUsage } from "../usage-error.js";

/** Keys of a file, one a line. @throws RankwrightError WRONG_USAGE when it cannot be read or holds none */
export async function readApiKeys(file: string, cwd: string): Promise<readonly string[]> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, file), "utf8");
  } catch (error) {
    const problem = `--api-key-file ${file} cannot be read (${(error as Error).message}); check the path`;
    throw wrongUsage(problem, { field: "apiKeyFile" });
  }
  const keys = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  if (keys.length > 0) return keys;
  // Somebody who names a file of keys does not mean that everybody may call.
  throw wrongUsage(`--api-key-file ${file} holds no key; write one a line`, { field: "apiKeyFile" });
}
