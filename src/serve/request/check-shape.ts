import { RankwrightError } from "../../types/index.js";
import type { ServerLimits } from "../limits/limits.js";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/**
 * Refuses JSON text that nests too deeply or holds too many values, before anything is built from it: a value of two
 * bytes, such as `[]`, takes fifty in memory. Looks at brackets and commas outside strings and at nothing else, so
 * that it is right about valid JSON and harmless on the rest.
 *
 * @throws RankwrightError REQUEST_TOO_LARGE
 */
export function checkShape(
  json: Uint8Array,
  { jsonDepth, jsonValues }: Pick<ServerLimits, "jsonDepth" | "jsonValues">,
): void {
  let depth = 0;
  let values = 1;
  let inString = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] as number;
    if (inString) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) {
      inString = true;
    } else if (byte === COMMA) {
      values++;
      // `[` and `{` differ in one bit, and so do `]` and `}`.
    } else if ((byte & 0xdf) === 0x5b) {
      values++;
      if (++depth > jsonDepth) refuse(`nests arrays and objects deeper than ${jsonDepth} levels`);
    } else if ((byte & 0xdf) === 0x5d) {
      depth--;
    }
    if (values > jsonValues) refuse(`holds more than ${jsonValues} values`);
  }
}

function refuse(problem: string): never {
  const message = `the body ${problem}; send documents as plain text or flat objects, and fewer at once`;
  throw new RankwrightError("REQUEST_TOO_LARGE", message, { field: "body" });
}
