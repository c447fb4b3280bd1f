import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeFile } from "../../files/write-file.js";

const MARK =
  /\n<!-- Written by rankwright(?: train)?; once edited it is left as it is\. ([0-9a-f]{16}) -->\n$/;

/**
 * Writes a model card as README.md into a model's folder, unless one is there that a person wrote or edited:
 * its last line tells by a hash whether it is as it was written.
 *
 * @returns whether it was written
 * @throws RankwrightError DISK_FULL, WRITE_FAILED
 */
export async function writeModelCard(folder: string, card: string): Promise<boolean> {
  const path = join(folder, "README.md");
  // What is there and cannot be read is not ours either.
  const there = await readFile(path, "utf8").catch(({ code }: NodeJS.ErrnoException) =>
    code === "ENOENT" ? undefined : "",
  );
  if (there !== undefined && !isUntouched(there)) return false;
  await writeFile(
    path,
    `${card}\n<!-- Written by rankwright; once edited it is left as it is. ${hash(card)} -->\n`,
  );
  return true;
}

function isUntouched(text: string): boolean {
  const [mark, written] = MARK.exec(text) ?? [];
  return mark !== undefined && hash(text.slice(0, -mark.length)) === written;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
