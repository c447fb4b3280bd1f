import { createHash } from "node:crypto";
import { open } from "node:fs/promises";

/**
 * Whether a file is what its etag says: 64 hex digits are the sha256 of the bytes, 40 are git's sha1 of
 * `blob <size>\0` and the bytes. Other etags (some mirrors) say nothing and always match.
 */
export async function matchesEtag(path: string, etag: string): Promise<boolean> {
  const algorithm = /^[0-9a-f]{64}$/.test(etag) ? "sha256" : /^[0-9a-f]{40}$/.test(etag) ? "sha1" : undefined;
  if (algorithm === undefined) return true;
  const hash = createHash(algorithm);
  const handle = await open(path);
  try {
    if (algorithm === "sha1") hash.update(`blob ${(await handle.stat()).size}\0`);
    const buffer = Buffer.allocUnsafe(1 << 20);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length);
      if (bytesRead === 0) return hash.digest("hex") === etag;
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}
