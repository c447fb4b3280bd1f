import { type FileHandle, lstat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openScene, type Scene } from "./testing/hub-scene.js";

/** Code that making a link fails with; unset: links work. */
let noLinks: string | undefined;
/** Code that the disk fails with once a file has `after` bytes; unset: a healthy disk. */
let trouble: { readonly code: string; readonly after: number } | undefined;

vi.mock("node:fs/promises", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs/promises")>();
  const open = async (...args: Parameters<typeof fs.open>): Promise<FileHandle> => {
    const handle = await fs.open(...args);
    const write = handle.write.bind(handle) as (...args: unknown[]) => Promise<unknown>;
    const failing = async (data: Uint8Array, offset: number, length: number, position: number) => {
      if (trouble !== undefined && position + length > trouble.after) {
        throw Object.assign(new Error("write failed"), { code: trouble.code });
      }
      // A disk may take less than it is given.
      return write(data, offset, Math.min(length, 1000), position);
    };
    return Object.assign(handle, { write: failing });
  };
  const symlink = (target: string, path: string) =>
    noLinks === undefined
      ? fs.symlink(target, path)
      : Promise.reject(Object.assign(new Error("no link"), { code: noLinks }));
  return { ...fs, open, symlink };
});

let scene: Scene;
beforeEach(async () => {
  trouble = undefined;
  noLinks = undefined;
  scene = await openScene();
});
afterEach(() => scene.close());

it("writes everything when the disk takes little at a time", async () => {
  expect(await scene.resolve("org/tiny")).toMatchObject({ source: "hub" });
});

it.each([
  ["ENOSPC", "DISK_FULL"],
  ["EDQUOT", "DISK_FULL"],
  ["EROFS", "CACHE_FAILED"],
  ["EIO", "CACHE_FAILED"],
])("turns %s into %s, removes what was written and downloads again later", async (system, code) => {
  trouble = { code: system, after: 100_000 };
  await expect(scene.resolve("org/tiny")).rejects.toMatchObject({
    code,
    message: expect.stringContaining("HF_HUB_CACHE"),
    cause: { code: system },
  });
  const files = await scene.cacheFiles();
  expect(files.filter((file) => /\.incomplete$|\.lock$|model\.safetensors$/.test(file))).toEqual([]);
  trouble = undefined;
  expect(await scene.resolve("org/tiny")).toMatchObject({ source: "hub" });
});

it("stores plain files where the system makes no links", async () => {
  noLinks = "EPERM";
  const { folder } = await scene.resolve("org/tiny");
  expect((await lstat(join(folder, "model.safetensors"))).isFile()).toBe(true);
  expect(await scene.blobs()).toEqual([]);
});

it("says so when a link fails for another reason", async () => {
  noLinks = "EACCES";
  await expect(scene.resolve("org/tiny")).rejects.toMatchObject({
    code: "CACHE_FAILED",
    cause: { code: "EACCES" },
  });
});
