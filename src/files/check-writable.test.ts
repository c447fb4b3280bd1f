import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkWritable } from "./check-writable.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "writable-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("checkWritable", () => {
  it("lets files pass that exist or could", async () => {
    writeFileSync(join(folder, "old"), "");
    await checkWritable(join(folder, "old"));
    await checkWritable(join(folder, "new"));
  });

  it("says what stands in the way", async () => {
    const refused = (message: RegExp) => ({ code: "WRITE_FAILED", message: expect.stringMatching(message) });
    await expect(checkWritable(folder)).rejects.toMatchObject(refused(/is a folder; name a file in it/));
    await expect(checkWritable(join(folder, "no", "file"))).rejects.toMatchObject(
      refused(/its folder does not exist; make it/),
    );
  });
});
