import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "./testing/temporary-folder.js";
import { writeFile } from "./write-file.js";

const folder = new TemporaryFolder();
const at = (name: string) => join(folder.path, name);

describe("writeFile", () => {
  it("writes a text or its pieces, and makes the folder", async () => {
    await writeFile(at("new/deep/a.txt"), "grün\n");
    expect(readFileSync(at("new/deep/a.txt"), "utf8")).toBe("grün\n");
    await writeFile(at("new/deep/a.txt"), ["one\n", "", "two\n"]);
    expect(readFileSync(at("new/deep/a.txt"), "utf8")).toBe("one\ntwo\n");
    await writeFile(at("empty"), "");
    expect(readFileSync(at("empty"), "utf8")).toBe("");
  });

  it("compresses where the name ends in .gz", async () => {
    await writeFile(at("a.run.gz"), ["x".repeat(100_000), "\n"]);
    expect(gunzipSync(readFileSync(at("a.run.gz"))).toString()).toBe(`${"x".repeat(100_000)}\n`);
  });

  it("leaves the older file and no other when the content fails", async () => {
    const path = folder.write("kept/a.txt", "old");
    const failing = function* () {
      yield "half";
      throw new Error("no more");
    };
    await expect(writeFile(path, failing())).rejects.toThrow("no more");
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(at("kept"))).toEqual(["a.txt"]);
  });

  it("writes through a link", async () => {
    const target = folder.write("target.txt", "old");
    symlinkSync(target, at("link.txt"));
    await writeFile(at("link.txt"), "new");
    expect(lstatSync(at("link.txt")).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, "utf8")).toBe("new");
  });

  it.skipIf(!existsSync("/dev/null"))("writes to what is no regular file without replacing it", async () => {
    await writeFile("/dev/null", "gone");
    expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  it("says which file cannot be written", async () => {
    const file = folder.write("file", "");
    for (const path of [folder.path, join(file, "below.txt")]) {
      await expect(writeFile(path, "x")).rejects.toMatchObject({
        code: "WRITE_FAILED",
        value: path,
        message: expect.stringContaining(`${path} cannot be written: `),
      });
    }
  });
});
