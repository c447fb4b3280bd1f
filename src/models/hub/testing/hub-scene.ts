import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesUnder } from "../cached-snapshot.js";
import { type ResolvedModel, type ResolveOptions, resolveModel } from "../resolve-model.js";
import { type FakeHub, type FakeRepo, startFakeHub } from "./fake-hub.js";

/** A small cross-encoder as it lies on the hub, with some files that nobody needs here. */
export const MODEL: FakeRepo = {
  files: {
    ".gitattributes": "*.bin filter=lfs\n",
    "README.md": "# tiny\n",
    "config.json": '{"model_type":"bert"}',
    "tokenizer.json": '{"version":"1.0"}',
    "tokenizer_config.json": "{}",
    "vocab.txt": "[PAD]\n[UNK]\n",
    "model.safetensors": randomBytes(300_000),
    "pytorch_model.bin": randomBytes(1000),
    "onnx/model.onnx": randomBytes(2000),
    "onnx/model_quantized.onnx": randomBytes(1500),
  },
};

/** What `MODEL` needs, sorted. */
export const NEEDED = ["config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"];

/** A fake hub, an empty cache, and a `resolveModel` that knows both and never really waits. */
export interface Scene {
  readonly hub: FakeHub;
  readonly cacheDir: string;
  resolve(id: string, options?: ResolveOptions): Promise<ResolvedModel>;
  /** Slash paths of everything below the cache folder. */
  cacheFiles(): Promise<string[]>;
  /** Names in the blobs folder of `org/tiny`. */
  blobs(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openScene(
  repos: Readonly<Record<string, FakeRepo>> = { "org/tiny": MODEL },
): Promise<Scene> {
  const hub = await startFakeHub(repos);
  const cacheDir = await mkdtemp(join(tmpdir(), "hub-"));
  return {
    hub,
    cacheDir,
    resolve: (id, options) =>
      resolveModel(id, {
        endpoint: hub.endpoint,
        cacheDir,
        env: { HOME: cacheDir },
        sleep: () => new Promise((resolve) => setTimeout(resolve, 1)),
        ...options,
      }),
    cacheFiles: () => filesUnder(cacheDir),
    blobs: async () => (await readdir(join(cacheDir, "models--org--tiny", "blobs"))).sort(),
    async close() {
      await hub.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}
