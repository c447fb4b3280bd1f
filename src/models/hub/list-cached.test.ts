import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { listCachedModels } from "./list-cached.js";
import { commitOf, type FakeRepo } from "./testing/fake-hub.js";
import { MODEL, openScene, type Scene } from "./testing/hub-scene.js";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const list = () => listCachedModels({ cacheDir: scene.cacheDir });
const bytesOf = ({ files }: FakeRepo, names: readonly string[]) =>
  names.reduce((sum, name) => sum + Buffer.byteLength(files[name] as string), 0);

it("lists models with their revisions, files and bytes", async () => {
  await scene.resolve("org/tiny");
  const sizes = [
    ["config.json", 21],
    ["model.safetensors", 300_000],
    ["tokenizer.json", 17],
    ["tokenizer_config.json", 2],
  ] as const;
  expect(await list()).toEqual([
    {
      id: "org/tiny",
      bytes: 300_040,
      revisions: [
        {
          commit: commitOf(MODEL),
          refs: ["main"],
          folder: join(scene.cacheDir, "models--org--tiny", "snapshots", commitOf(MODEL)),
          files: sizes.map(([file, bytes]) => ({ file, bytes })),
        },
      ],
    },
  ]);
});

it("counts what revisions share once, and unfinished downloads too", async () => {
  await scene.resolve("org/tiny");
  const moved = { files: { ...MODEL.files, "config.json": '{"model_type":"gpt2"}' } };
  scene.hub.repos.set("org/tiny", moved);
  await scene.resolve("org/tiny");
  await scene.resolve("org/tiny", { revision: "refs/pr/1" });
  await writeFile(join(scene.cacheDir, "models--org--tiny", "blobs", "ff.00000000.incomplete"), "12345");
  const [model] = await list();
  const refs = Object.fromEntries((model?.revisions ?? []).map(({ commit, refs }) => [commit, refs]));
  expect(refs).toEqual({ [commitOf(MODEL)]: [], [commitOf(moved)]: ["main", "refs/pr/1"] });
  expect(model?.bytes).toBe(300_040 + bytesOf(moved, ["config.json"]) + 5);
});

it("counts plain files where there are no links", async () => {
  await scene.resolve("org/tiny", { env: { HF_HUB_DISABLE_SYMLINKS: "1" } });
  expect(await list()).toMatchObject([{ bytes: 300_040 }]);
});

it("leaves out datasets, other folders and models without a snapshot", async () => {
  await mkdir(join(scene.cacheDir, "datasets--org--data", "snapshots", "abc"), { recursive: true });
  await mkdir(join(scene.cacheDir, "models--org--empty", "refs"), { recursive: true });
  await scene.resolve("org/tiny");
  expect((await list()).map(({ id }) => id)).toEqual(["org/tiny"]);
});

it("finds the cache by the environment, and nothing where there is none", async () => {
  await scene.resolve("org/tiny");
  expect(await listCachedModels({ env: { HF_HUB_CACHE: scene.cacheDir } })).toHaveLength(1);
  expect(await listCachedModels({ cacheDir: join(scene.cacheDir, "none") })).toEqual([]);
});

it("changes nothing", async () => {
  await scene.resolve("org/tiny");
  const ref = join(scene.cacheDir, "models--org--tiny", "refs", "main");
  const before = [await scene.cacheFiles(), (await stat(ref)).mtimeMs, await readFile(ref, "utf8")];
  await list();
  expect([await scene.cacheFiles(), (await stat(ref)).mtimeMs, await readFile(ref, "utf8")]).toEqual(before);
});
