import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { TemporaryFolder } from "./testing/temporary-folder.js";
import { writeFile } from "./write-file.js";

/** What the system says to writes of a file after its first `after`; unset: a healthy disk. */
let trouble: { readonly code: string; readonly after: number } | undefined;

vi.mock("node:fs", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs")>();
  const createWriteStream = (path: string) => {
    let writes = 0;
    const write = (...args: Parameters<typeof fs.write>) => {
      const done = args.at(-1) as (error: Error) => void;
      if (trouble === undefined || writes++ < trouble.after) return fs.write(...args);
      done(Object.assign(new Error("write failed"), { code: trouble.code, syscall: "write" }));
    };
    return fs.createWriteStream(path, { fs: { open: fs.open, close: fs.close, write } });
  };
  return { ...fs, createWriteStream };
});
afterEach(() => {
  trouble = undefined;
});

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

  it.each([
    ["ENOSPC", 0],
    ["ENOSPC", 2],
    ["EDQUOT", 1],
  ])("calls a full disk by its name (%s after %i writes), and leaves the older file", async (code, after) => {
    const path = folder.write("full/a.txt", "old");
    trouble = { code, after };
    await expect(writeFile(path, ["one", "two", "three"])).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringContaining(`no space left for ${path}`),
      cause: { code },
    });
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(at("full"))).toEqual(["a.txt"]);
    trouble = { code: "EIO", after };
    await expect(writeFile(path, ["one", "two", "three"])).rejects.toMatchObject({ code: "WRITE_FAILED" });
  });

  it.skipIf(!existsSync("/dev/full"))("meets a device that is full", async () => {
    await expect(writeFile("/dev/full", "x")).rejects.toMatchObject({ code: "DISK_FULL" });
  });
});
