import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cachedGraph, checkpointHash, graphCacheDir } from "./graph-cache.js";

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "rankwright-cache-"));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

describe("cachedGraph", () => {
  const make = async (folder: string) => writeFile(join(folder, "model.onnx"), "graph");

  it("makes a graph once", async () => {
    let made = 0;
    const counted = async (folder: string) => {
      made++;
      await make(folder);
    };
    const first = await cachedGraph(cache, "key", counted);
    expect(await cachedGraph(cache, "key", counted)).toBe(first);
    expect(made).toBe(1);
    expect(await readdir(first)).toEqual(["model.onnx"]);
  });

  it("lets several at once make it, and leaves one", async () => {
    const folders = await Promise.all(Array.from({ length: 8 }, () => cachedGraph(cache, "key", make)));
    expect(new Set(folders).size).toBe(1);
    expect(await readdir(join(cache, "graphs"))).toEqual(["key"]);
  });

  it("leaves nothing behind when making fails, and passes the failure on", async () => {
    const failing = async (folder: string) => {
      await make(folder);
      throw new Error("tensor is missing");
    };
    await expect(cachedGraph(cache, "key", failing)).rejects.toThrow("tensor is missing");
    expect(await readdir(join(cache, "graphs"))).toEqual([]);
  });

  it.each([
    ["ENOSPC", "DISK_FULL"],
    ["EDQUOT", "DISK_FULL"],
    ["EROFS", "CACHE_FAILED"],
  ])("turns %s into %s, naming the folder and the mend", async (code, expected) => {
    const full = async () => {
      throw Object.assign(new Error("write failed"), { code });
    };
    const error = await cachedGraph(cache, "key", full).catch((error) => error);
    expect(error).toMatchObject({ code: expected, field: "RANKWRIGHT_CACHE" });
    expect(error.message).toContain(join(cache, "graphs", "key"));
    expect(await readdir(join(cache, "graphs"))).toEqual([]);
  });

  it("says so when the cache cannot be a folder", async () => {
    await writeFile(join(cache, "graphs"), "a file stands here");
    await expect(cachedGraph(cache, "key", make)).rejects.toMatchObject({ code: "CACHE_FAILED" });
  });
});

describe("checkpointHash", () => {
  const hash = (letter: string) => letter.repeat(64);

  it("computes once per version of the file", async () => {
    const file = join(cache, "model.safetensors");
    await writeFile(file, "one");
    expect(await checkpointHash(cache, [file], async () => hash("a"))).toBe(hash("a"));
    expect(await checkpointHash(cache, [file], async () => hash("b"))).toBe(hash("a"));
    await utimes(file, 1, 1);
    expect(await checkpointHash(cache, [file], async () => hash("c"))).toBe(hash("c"));
  });

  it("takes the name of a hub blob as its hash", async () => {
    await mkdir(join(cache, "blobs"));
    const blob = join(cache, "blobs", hash("d"));
    await writeFile(blob, "weights");
    const never = async () => {
      throw new Error("read");
    };
    expect(await checkpointHash(cache, [blob], never)).toBe(hash("d"));
  });
});

describe("graphCacheDir", () => {
  it("prefers its own variable, then the user's cache folder", () => {
    expect(graphCacheDir({ RANKWRIGHT_CACHE: "/a", XDG_CACHE_HOME: "/b" })).toBe("/a");
    expect(graphCacheDir({ XDG_CACHE_HOME: "/b" })).toBe("/b/rankwright");
    expect(graphCacheDir({})).toMatch(/\.cache\/rankwright$/);
  });
});
