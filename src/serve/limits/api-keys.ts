import { createHash, timingSafeEqual } from "node:crypto";
import { RankwrightError } from "../../types/index.js";

const HASHED = /^sha256:([0-9a-f]{64})$/i;

/** Headers that clients carry their key in, besides `Authorization: Bearer`. */
const KEY_HEADERS = ["api-key", "x-api-key"] as const;

/** The keys of which a caller must show one. Only their hashes are kept. */
export class ApiKeys {
  readonly #hashes: readonly Buffer[];

  /**
   * @param keys as callers send them, or as `sha256:` and 64 hexadecimal digits; none: nobody needs a key
   * @throws RankwrightError INVALID_OPTION for a key that could not be sent
   */
  constructor(keys: readonly string[]) {
    this.#hashes = keys.map((key, index) => {
      const digest = HASHED.exec(key)?.[1];
      if (digest !== undefined) return Buffer.from(digest, "hex");
      // Header values are visible ASCII; anything else would lock everybody out.
      if (/^[\x21-\x7e]+$/.test(key)) return hash(key);
      const message = `apiKeys[${index}] is empty or holds spaces or other characters that no header carries; use visible ASCII`;
      throw new RankwrightError("INVALID_OPTION", message, { field: `apiKeys[${index}]` });
    });
  }

  get required(): boolean {
    return this.#hashes.length > 0;
  }

  /** @throws RankwrightError UNAUTHORIZED */
  check(headers: Headers): void {
    if (!this.required) return;
    const given = keyOf(headers);
    if (given !== undefined && this.#knows(given)) return;
    const problem =
      given === undefined ? "the API key is missing" : "the API key is not one of this server's";
    throw new RankwrightError("UNAUTHORIZED", `${problem}; send it as Authorization: Bearer KEY`, {
      field: "authorization",
    });
  }

  /** Every key is looked at, whichever fits, so that the time tells nothing. */
  #knows(key: string): boolean {
    const digest = hash(key);
    let known = false;
    for (const each of this.#hashes) {
      if (timingSafeEqual(each, digest)) known = true;
    }
    return known;
  }
}

function keyOf(headers: Headers): string | undefined {
  const [, bearer] = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (bearer !== undefined) return bearer;
  for (const name of KEY_HEADERS) {
    const value = headers.get(name)?.trim();
    if (value) return value;
  }
  return undefined;
}

function hash(key: string): Buffer {
  return createHash("sha256").update(key).digest();
}
