import { readFileSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { LineWriter } from "./line-writer.js";

const folder = new TemporaryFolder();

describe("LineWriter", () => {
  it("writes lines that come together at once, in their order", async () => {
    const path = `${folder.path}/together`;
    const file = await open(path, "a");
    const sync = vi.spyOn(file, "datasync");
    const writer = new LineWriter(file, path, 0);
    const lines = Array.from({ length: 1000 }, (_, i) => `${i}\n`);
    await Promise.all(lines.map((line) => writer.add(line)));
    await writer.close();
    expect(readFileSync(path, "utf8")).toBe(lines.join(""));
    expect(sync.mock.calls.length).toBeLessThan(5);
  });

  it("has synced a line when it says so", async () => {
    const path = `${folder.path}/synced`;
    const file = await open(path, "a");
    const sync = vi.spyOn(file, "datasync");
    const writer = new LineWriter(file, path, 0);
    for (let i = 1; i <= 3; i++) {
      await writer.add("x\n");
      expect(sync).toHaveBeenCalledTimes(i);
    }
    await writer.close();
  });

  it("cuts a half-written batch off, and refuses what comes later", async () => {
    const path = `${folder.path}/full`;
    const file = await open(path, "a");
    const writer = new LineWriter(file, path, 0);
    await writer.add("whole\n");
    const append = file.appendFile.bind(file);
    vi.spyOn(file, "appendFile").mockImplementation(async (text) => {
      await append((text as string).slice(0, 3));
      throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    });
    await expect(writer.add("half\n")).rejects.toMatchObject({ code: "DISK_FULL" });
    vi.spyOn(file, "appendFile").mockImplementation(append as FileHandle["appendFile"]);
    await expect(writer.add("later\n")).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringMatching(/no space left/),
    });
    await writer.close();
    expect(readFileSync(path, "utf8")).toBe("whole\n");
  });
});
