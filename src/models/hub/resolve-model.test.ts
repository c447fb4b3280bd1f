import { lstat, mkdir, readdir, readFile, readlink, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DownloadProgress } from "./download-files.js";
import { commitOf, etagOf, type FakeRepo } from "./testing/fake-hub.js";
import { MODEL, NEEDED, openScene, type Scene } from "./testing/hub-scene.js";

const COMMIT = commitOf(MODEL);
let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const root = (...path: string[]) => join(scene.cacheDir, "models--org--tiny", ...path);

describe("a first download", () => {
  it("lays out the cache as Python does", async () => {
    const model = await scene.resolve("org/tiny");
    expect(model).toEqual({
      id: "org/tiny",
      folder: root("snapshots", COMMIT),
      source: "hub",
      revision: "main",
      commit: COMMIT,
    });
    expect((await readdir(model.folder)).sort()).toEqual(NEEDED);
    for (const file of NEEDED) {
      const content = MODEL.files[file] as string | Buffer;
      expect(await readlink(join(model.folder, file))).toBe(`../../blobs/${etagOf(content)}`);
      expect(Buffer.from(content).equals(await readFile(join(model.folder, file)))).toBe(true);
    }
    expect(await scene.blobs()).toEqual(NEEDED.map((file) => etagOf(MODEL.files[file] as string)).sort());
    expect(await readFile(root("refs", "main"), "utf8")).toBe(COMMIT);
    expect(await readFile(join(scene.cacheDir, "CACHEDIR.TAG"), "utf8")).toMatch(/^Signature: 8a477f5/);
    expect(await readdir(join(scene.cacheDir, ".locks", "models--org--tiny"))).toEqual([]);
  });

  it("gives nested files a link with as many steps up as they are deep", async () => {
    const { folder } = await scene.resolve("org/tiny", { variant: "quantized" });
    const etag = etagOf(MODEL.files["onnx/model_quantized.onnx"] as Buffer);
    expect(await readlink(join(folder, "onnx", "model_quantized.onnx"))).toBe(`../../../blobs/${etag}`);
  });

  it("stores plain files where links are not wanted, without a second copy", async () => {
    const options = { env: { HF_HUB_DISABLE_SYMLINKS: "1" } };
    const { folder } = await scene.resolve("org/tiny", options);
    expect((await lstat(join(folder, "model.safetensors"))).isFile()).toBe(true);
    expect(await scene.blobs()).toEqual([]);
    expect((await scene.resolve("org/tiny", options)).source).toBe("cache");
  });

  it("copies a blob that is there already where links are not wanted", async () => {
    await scene.resolve("org/tiny");
    await rm(root("snapshots"), { recursive: true });
    const { folder } = await scene.resolve("org/tiny", { env: { HF_HUB_DISABLE_SYMLINKS: "1" } });
    expect((await lstat(join(folder, "config.json"))).isFile()).toBe(true);
    expect(await scene.blobs()).toHaveLength(NEEDED.length);
  });

  it("reports bytes of each file up to its size", async () => {
    const seen: DownloadProgress[] = [];
    await scene.resolve("org/tiny", { onProgress: (progress) => seen.push(progress) });
    const weights = seen.filter(({ file }) => file === "model.safetensors");
    expect(weights[0]?.receivedBytes).toBe(0);
    expect(weights.at(-1)).toMatchObject({ receivedBytes: 300_000, totalBytes: 300_000, files: 4 });
    expect(new Set(seen.map(({ fileIndex }) => fileIndex))).toEqual(new Set([0, 1, 2, 3]));
  });

  it("takes a revision with slashes, as option or after @", async () => {
    await scene.resolve("org/tiny@refs/pr/1");
    expect(await readFile(root("refs", "refs", "pr", "1"), "utf8")).toBe(COMMIT);
    expect((await scene.resolve("org/tiny", { revision: "refs/pr/1" })).source).toBe("cache");
  });

  it("follows a repository that was renamed, under the name that was asked for", async () => {
    scene.hub.repos.set("tiny", { files: {}, movedTo: "org/tiny" });
    const { folder } = await scene.resolve("tiny");
    expect(folder).toBe(join(scene.cacheDir, "models--tiny", "snapshots", COMMIT));
  });

  it("fetches the shards that an index names", async () => {
    const map = { "a.weight": "model-00001-of-00002.safetensors", b: "model-00002-of-00002.safetensors" };
    const sharded: FakeRepo = {
      files: {
        "config.json": "{}",
        "tokenizer.json": "{}",
        "model.safetensors.index.json": JSON.stringify({ weight_map: map }),
        "model-00001-of-00002.safetensors": Buffer.from("one"),
        "model-00002-of-00002.safetensors": Buffer.from("two"),
        "model-00003-of-00002.safetensors": Buffer.from("stray"),
      },
    };
    scene.hub.repos.set("org/big", sharded);
    const { folder, commit } = await scene.resolve("org/big");
    expect((await readdir(folder)).sort()).toEqual(
      [...Object.values(map), "config.json", "model.safetensors.index.json", "tokenizer.json"].sort(),
    );
    expect(await scene.resolve("org/big", { offline: true })).toMatchObject({ commit, source: "cache" });
    await rm(join(folder, "model-00002-of-00002.safetensors"));
    await expect(scene.resolve("org/big", { offline: true })).rejects.toMatchObject({
      code: "OFFLINE",
      message: expect.stringContaining("model-00002-of-00002.safetensors"),
    });
  });

  it("refuses an index whose shards are not in the repository", async () => {
    const index = JSON.stringify({ weight_map: { a: "gone.safetensors" } });
    scene.hub.repos.set("org/big", {
      files: { "config.json": "{}", "tokenizer.json": "{}", "model.safetensors.index.json": index },
    });
    await expect(scene.resolve("org/big")).rejects.toMatchObject({ code: "MODEL_FILE_MISSING" });
  });

  it("says how to mend a repository that has torch weights only, before downloading anything", async () => {
    scene.hub.repos.set("org/old", {
      files: { "config.json": "{}", "tokenizer.json": "{}", "pytorch_model.bin": Buffer.from("pickle") },
    });
    await expect(scene.resolve("org/old")).rejects.toMatchObject({
      code: "UNSUPPORTED_FEATURE",
      message: expect.stringContaining("save_pretrained"),
    });
    expect(scene.hub.requests.map(({ on }) => on)).toEqual(["list"]);
  });
});

describe("a model that is in the cache", () => {
  it("costs one request by branch and none by commit", async () => {
    await scene.resolve("org/tiny");
    scene.hub.requests.length = 0;
    expect(await scene.resolve("org/tiny")).toMatchObject({ source: "cache", commit: COMMIT });
    expect(scene.hub.requests).toHaveLength(1);
    expect(await scene.resolve(`org/tiny@${COMMIT}`)).toMatchObject({ source: "cache", revision: COMMIT });
    expect(scene.hub.requests).toHaveLength(1);
  });

  it("needs no network offline", async () => {
    await scene.resolve("org/tiny");
    const offline = { offline: true, fetch: () => Promise.reject(new Error("no network here")) };
    expect(await scene.resolve("org/tiny", offline)).toMatchObject({ source: "cache", commit: COMMIT });
    await expect(scene.resolve("org/other", offline)).rejects.toMatchObject({
      code: "OFFLINE",
      message: expect.stringContaining("is not in the cache"),
    });
    await expect(scene.resolve("org/other", { env: { TRANSFORMERS_OFFLINE: "yes" } })).rejects.toMatchObject({
      code: "OFFLINE",
    });
  });

  it("fetches only what is new when the branch moves on, and keeps the old commit", async () => {
    await scene.resolve("org/tiny");
    const moved: FakeRepo = { files: { ...MODEL.files, "config.json": '{"model_type":"roberta"}' } };
    scene.hub.repos.set("org/tiny", moved);
    scene.hub.requests.length = 0;
    const model = await scene.resolve("org/tiny");
    expect(model).toMatchObject({ source: "hub", commit: commitOf(moved) });
    expect(scene.hub.requests.filter(({ on }) => on === "get" || on === "cdn")).toMatchObject([
      { file: "config.json" },
    ]);
    expect(await scene.resolve(`org/tiny@${COMMIT}`)).toMatchObject({ source: "cache" });
  });

  it("is used with a flag when the hub is away, without long retries", async () => {
    await scene.resolve("org/tiny");
    scene.hub.requests.length = 0;
    scene.hub.faults = [{ on: "list", status: 503 }];
    const model = await scene.resolve("org/tiny");
    expect(model).toMatchObject({ source: "cache", commit: COMMIT });
    expect(model.unverified).toMatchObject({ code: "HUB_UNAVAILABLE" });
    expect(scene.hub.requests).toHaveLength(1);
    await scene.hub.close();
    const away = await scene.resolve("org/tiny");
    expect(away.unverified?.message).toContain("ECONNREFUSED");
  });

  it("is used with a flag when the token has run out, but not when the revision is gone", async () => {
    await scene.resolve("org/tiny");
    scene.hub.faults = [{ on: "list", status: 401 }];
    expect((await scene.resolve("org/tiny")).unverified).toMatchObject({ code: "HUB_UNAUTHORIZED" });
    scene.hub.faults = [{ on: "list", status: 404, headers: { "x-error-code": "RevisionNotFound" } }];
    await expect(scene.resolve("org/tiny")).rejects.toMatchObject({ code: "HUB_NOT_FOUND" });
  });

  it("stays usable offline when fetching a newer commit fails", async () => {
    await scene.resolve("org/tiny");
    scene.hub.repos.set("org/tiny", {
      files: { ...MODEL.files, "config.json": "{ }", "tokenizer.json": "{  }" },
    });
    scene.hub.faults = [{ on: "get", file: "tokenizer.json", status: 500 }];
    await expect(scene.resolve("org/tiny")).rejects.toMatchObject({ code: "HUB_UNAVAILABLE" });
    expect(await scene.resolve("org/tiny", { offline: true })).toMatchObject({ commit: COMMIT });
  });

  it("asks the hub once about side files when Python left only what it needed itself", async () => {
    const { folder } = await scene.resolve("org/tiny");
    await rm(root(".no_exist"), { recursive: true });
    await rm(join(folder, "tokenizer_config.json"));
    scene.hub.requests.length = 0;
    expect(await scene.resolve("org/tiny", { revision: COMMIT })).toMatchObject({ source: "hub" });
    expect(await readdir(folder)).toContain("tokenizer_config.json");
    scene.hub.requests.length = 0;
    await scene.resolve("org/tiny", { revision: COMMIT });
    expect(scene.hub.requests).toEqual([]);
  });

  it("is completed when a file or its blob has vanished", async () => {
    const { folder } = await scene.resolve("org/tiny");
    await rm(root("blobs", etagOf(MODEL.files["config.json"] as string)));
    expect(await scene.resolve("org/tiny")).toMatchObject({ source: "hub" });
    expect(await readFile(join(folder, "config.json"), "utf8")).toBe(MODEL.files["config.json"]);
  });

  it("is fetched anew when a blob has another size than the hub says", async () => {
    const { folder } = await scene.resolve("org/tiny");
    const weights = MODEL.files["model.safetensors"] as Buffer;
    await writeFile(root("blobs", etagOf(weights)), "cut short");
    await rm(join(folder, "model.safetensors"));
    await scene.resolve("org/tiny");
    expect(weights.equals(await readFile(join(folder, "model.safetensors")))).toBe(true);
  });
});

describe("a local folder", () => {
  it("is taken as it is, without hub or cache", async () => {
    const folder = join(scene.cacheDir, "my model");
    await mkdir(folder);
    expect(await scene.resolve(folder)).toEqual({ id: folder, folder, source: "folder" });
    expect(await scene.resolve("~/my model")).toMatchObject({ folder, source: "folder" });
    expect(scene.hub.requests).toEqual([]);
  });

  it("that does not exist is said to be missing", async () => {
    await expect(scene.resolve("./no/such/folder")).rejects.toMatchObject({
      code: "MODEL_NOT_FOUND",
      message: expect.stringContaining("not an existing folder"),
    });
  });
});

describe("refusals", () => {
  it("tells a missing repository from a missing revision", async () => {
    await expect(scene.resolve("org/none")).rejects.toMatchObject({
      code: "HUB_NOT_FOUND",
      message: expect.stringMatching(/no repository "org\/none"/),
    });
    await expect(scene.resolve("org/tiny@nope")).rejects.toMatchObject({
      code: "HUB_NOT_FOUND",
      message: expect.stringMatching(/no revision "nope"/),
    });
  });

  it("explains a gate and never prints the token", async () => {
    scene.hub.repos.set("org/gated", { ...MODEL, gatedBy: "hf_good" });
    await expect(scene.resolve("org/gated")).rejects.toMatchObject({
      code: "HUB_UNAUTHORIZED",
      message: expect.stringMatching(/gated: accept its conditions at .*\/org\/gated, then set HF_TOKEN/),
    });
    const error = await scene.resolve("org/gated", { env: { HF_TOKEN: "hf_bad" } }).catch((error) => error);
    expect(error).toMatchObject({ code: "HUB_UNAUTHORIZED", message: expect.stringContaining("HF_TOKEN") });
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain("hf_bad");
    expect(await scene.resolve("org/gated", { token: "hf_good" })).toMatchObject({ source: "hub" });
  });

  it("sends the token to the hub and not to the CDN behind it", async () => {
    scene.hub.repos.set("org/gated", { ...MODEL, gatedBy: "hf_good" });
    await scene.resolve("org/gated", { token: "hf_good" });
    const { requests } = scene.hub;
    expect(requests.filter(({ on }) => on === "cdn")).toMatchObject([{ authorization: undefined }]);
    expect(requests.filter(({ on }) => on !== "cdn").every((r) => r.authorization === "Bearer hf_good")).toBe(
      true,
    );
  });

  it("refuses file names that leave the folder", async () => {
    scene.hub.repos.set("org/evil", { ...MODEL, phantoms: ["../../../evil.json"] });
    await expect(scene.resolve("org/evil")).rejects.toMatchObject({ code: "HUB_BAD_RESPONSE" });
    const index = JSON.stringify({ weight_map: { a: "../../../../evil.safetensors" } });
    scene.hub.repos.set("org/evil", {
      files: { "config.json": "{}", "tokenizer.json": "{}", "model.safetensors.index.json": index },
    });
    await expect(scene.resolve("org/evil")).rejects.toMatchObject({ code: "INVALID_SAFETENSORS" });
    expect(await scene.cacheFiles()).not.toContainEqual(expect.stringContaining("evil.safetensors"));
  });

  it("recognises an endpoint that is no hub", async () => {
    scene.hub.faults = [{ on: "list", body: "<html>Sign in to the wireless network</html>" }];
    await expect(scene.resolve("org/tiny")).rejects.toMatchObject({ code: "HUB_BAD_RESPONSE" });
  });

  it("says so when the cache cannot be written", async () => {
    await writeFile(join(scene.cacheDir, "file"), "");
    await expect(scene.resolve("org/tiny", { cacheDir: join(scene.cacheDir, "file") })).rejects.toMatchObject(
      {
        code: "CACHE_FAILED",
      },
    );
  });

  it("reads a complete cache in which nothing can be recorded", async () => {
    await scene.resolve("org/tiny");
    await rm(root("refs"), { recursive: true });
    await writeFile(root("refs"), "in the way");
    expect(await scene.resolve("org/tiny")).toMatchObject({ source: "cache" });
  });
});
