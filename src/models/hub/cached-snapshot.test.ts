import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type RepoPaths, repoPaths } from "./cache-layout.js";
import { filesUnder, inspectSnapshot } from "./cached-snapshot.js";
import { resolveModel } from "./resolve-model.js";

// A cache written by hand in the layout of Python's huggingface_hub, names of blobs included.
const COMMIT = "86b5e0934494bd15c9632b12f734a8a67f723594";
const BLOBS: Record<string, string> = {
  "config.json": "45a2321a7ecfdaaf60a6c1fd7f5463994cc8907d",
  "tokenizer.json": "949a6f013d67eb8a5b4b5b46026217b888021b88",
  "model.safetensors": "68d45e234eb4a928074dfd868cead0219ab85354cc53d20e772753c6bb9169d3",
  "1_Pooling/config.json": "4e09f293dfe90bba49f87cfe7996271f07be2666",
};
const SIDE_FILES = [
  "tokenizer_config.json",
  "special_tokens_map.json",
  "modules.json",
  "config_sentence_transformers.json",
  "sentence_bert_config.json",
];

let cacheDir: string;
let paths: RepoPaths;
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), "python-"));
  paths = repoPaths(cacheDir, "org/model");
  const root = join(cacheDir, "models--org--model");
  await write(join(root, "refs", "main"), COMMIT);
  for (const [file, blob] of Object.entries(BLOBS)) {
    await write(join(root, "blobs", blob), file);
    const link = join(root, "snapshots", COMMIT, file);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join("../".repeat(file.split("/").length + 1), "blobs", blob), link);
  }
});
afterEach(() => rm(cacheDir, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const unreachable = () => Promise.reject(new TypeError("fetch failed"));
const options = () => ({ cacheDir, env: { HOME: cacheDir }, fetch: unreachable, retries: 0 });
const certain = async () => (await inspectSnapshot(paths, COMMIT, "org/model", {}))?.certain;

describe("a cache that Python filled", () => {
  it("is read by branch and by commit, offline, and left unchanged", async () => {
    const before = await filesUnder(cacheDir);
    const folder = join(cacheDir, "models--org--model", "snapshots", COMMIT);
    for (const revision of ["main", COMMIT]) {
      expect(await resolveModel("org/model", { ...options(), revision, offline: true })).toEqual({
        id: "org/model",
        folder,
        source: "cache",
        revision,
        commit: COMMIT,
      });
    }
    expect(await filesUnder(cacheDir)).toEqual(before);
    expect(await filesUnder(folder)).toEqual(Object.keys(BLOBS).sort());
  });

  it("needs no network by commit once it also records which side files do not exist", async () => {
    const byCommit = () => resolveModel("org/model", { ...options(), revision: COMMIT });
    expect(await certain()).toBe(false);
    expect((await byCommit()).unverified).toMatchObject({ code: "HUB_UNAVAILABLE" });
    for (const file of SIDE_FILES) {
      await write(join(cacheDir, "models--org--model", ".no_exist", COMMIT, file), "");
    }
    expect(await certain()).toBe(true);
    expect((await byCommit()).unverified).toBeUndefined();
  });

  it("needs none either with a tree that holds nothing more that matters", async () => {
    const tree = (files: readonly string[]) => {
      const entries = files.map((file) => [file, { size: 1, blob_id: "b" }]);
      const text = JSON.stringify({ format_version: 1, files: Object.fromEntries(entries) });
      return write(join(cacheDir, "models--org--model", "trees", `${COMMIT}.json`), text);
    };
    await tree([...Object.keys(BLOBS), "README.md", "pytorch_model.bin"]);
    expect(await certain()).toBe(true);
    await tree([...Object.keys(BLOBS), "special_tokens_map.json"]);
    expect(await certain()).toBe(false);
  });

  it.each(["{", "null", '{"format_version":2,"files":{}}', '{"format_version":1}'])(
    "is read in spite of the tree %s",
    async (text) => {
      await write(join(cacheDir, "models--org--model", "trees", `${COMMIT}.json`), text);
      expect(await certain()).toBe(false);
    },
  );

  it("is not complete when a link leads nowhere", async () => {
    await rm(join(cacheDir, "models--org--model", "blobs", BLOBS["model.safetensors"] as string));
    await expect(resolveModel("org/model", { ...options(), offline: true })).rejects.toMatchObject({
      code: "OFFLINE",
      message: expect.stringContaining("model.safetensors"),
    });
  });

  it.each(["", "main", "../../../etc"])("with %j for a ref has no such revision", async (text) => {
    await write(join(cacheDir, "models--org--model", "refs", "main"), text);
    await expect(resolveModel("org/model", { ...options(), offline: true })).rejects.toMatchObject({
      code: "OFFLINE",
    });
  });
});
