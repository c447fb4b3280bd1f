import { firstJsonError } from "../files/first-json-error.js";
import { wrongUsage } from "./usage-error.js";

/**
 * The value of a JSON text, with or without a byte order mark. What is wrong is told by its place alone: files of
 * options may hold secrets.
 *
 * @param name What messages call the text.
 * @throws RankwrightError WRONG_USAGE
 */
export function parseJson(text: string, name: string, field: string): unknown {
  const json = text.replace(/^\uFEFF/, "");
  const at = firstJsonError(json);
  if (at === undefined) return JSON.parse(json);
  const before = json.slice(0, at).split("\n");
  const place = `line ${before.length}, column ${before.at(-1)!.length + 1}`;
  throw wrongUsage(`${name} is not JSON: look at ${place}`, { field });
}
