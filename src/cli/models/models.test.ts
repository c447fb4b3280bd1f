import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeHub, startFakeHub } from "../../models/hub/testing/fake-hub.js";
import { MODEL } from "../../models/hub/testing/hub-scene.js";
import { type CliOptions, runCli } from "../testing/run-cli.js";

const GOLDENS = join(import.meta.dirname, "../../../goldens/models");
const cacheDir = mkdtempSync(join(tmpdir(), "models-"));
let hub: FakeHub;
beforeAll(async () => {
  hub = await startFakeHub({ "org/tiny": MODEL, "org/gated": { ...MODEL, gatedBy: "hf_secret" } });
});
afterAll(async () => {
  await hub.close();
  rmSync(cacheDir, { recursive: true });
});

const models = (args: readonly string[], options: CliOptions = {}) =>
  runCli(["models", ...args], {
    env: { HF_HUB_CACHE: cacheDir, HF_ENDPOINT: hub.endpoint, HOME: cacheDir },
    ...options,
  });

describe("models pull", () => {
  it("downloads a model and prints its folder", async () => {
    const { code, stdout, stderr } = await models(["pull", "org/tiny"], { terminal: true, columns: 80 });
    expect(code).toBe(0);
    expect(stdout).toMatch(/models--org--tiny\/snapshots\/[0-9a-f]{40}\n$/);
    expect(stderr).toMatch(/^\rdownload org\/tiny [\d.]+ k?B of [\d.]+ k?B/);
    expect(stderr.endsWith("\r\x1b[K")).toBe(true);
    const again = await models(["pull", "org/tiny", "--offline"]);
    expect(again).toEqual({ code: 0, stdout, stderr: "" });
  });

  it("says when the hub could not confirm what is in the cache", async () => {
    const { code, stderr } = await models(["pull", "org/tiny", "--endpoint", "http://127.0.0.1:9"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^rankwright: warning: HUB_UNAVAILABLE: .*; the model in the cache is used\n$/);
  });

  it("reads the token from HF_TOKEN and never shows it", async () => {
    const env = { HF_HUB_CACHE: cacheDir, HF_ENDPOINT: hub.endpoint, HOME: cacheDir };
    const without = await models(["pull", "org/gated"], { env });
    expect(without).toMatchObject({ code: 1, stdout: "" });
    expect(without.stderr).toMatch(/^rankwright: HUB_UNAUTHORIZED: /);
    const wrong = await models(["pull", "org/gated"], { env: { ...env, HF_TOKEN: "hf_wrong" } });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).not.toContain("hf_wrong");
    expect((await models(["pull", "org/gated"], { env: { ...env, HF_TOKEN: "hf_secret" } })).code).toBe(0);
  });

  it("fails for what the hub does not have, and for what no hub could", async () => {
    expect((await models(["pull", "org/none"])).stderr).toMatch(/^rankwright: HUB_NOT_FOUND: /);
    expect(await models(["pull", "a/b/c"])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^rankwright: MODEL_NOT_FOUND/),
    });
    expect(await models(["pull"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/missing required argument 'ID'/),
    });
  });
});

describe("models list", () => {
  it("shows one revision a line, or JSON", async () => {
    await models(["pull", "org/tiny"]);
    const table = await models(["list"]);
    expect(table.stdout).toMatch(/^model {6}size {4}revision {11}folder\n/);
    expect(table.stdout).toMatch(/\norg\/tiny {3}300 kB {2}[0-9a-f]{12} main {2}\/.*models--org--tiny/);
    const { stdout } = await models(["list", "--json"]);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).id),
    ).toContain("org/tiny");
  });

  it("says that the cache is empty, not on standard output", async () => {
    const { code, stdout, stderr } = await models(["list", "--cache-dir", join(cacheDir, "none")]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain("rankwright models pull ID");
  });
});

describe("models inspect", () => {
  it("describes a folder", async () => {
    const { code, stdout } = await models(["inspect", join(GOLDENS, "bert-2labels")]);
    expect(code).toBe(0);
    expect(
      stdout
        .replace(GOLDENS, "")
        .replace(/sessions: \d/, "sessions: N")
        .replace(/(float32|int8) \d+ MB/g, "$1 X MB"),
    ).toBe(
      `folder      /bert-2labels
family      bert (model_type bert)
layers      2
sizes       hidden 16, intermediate 28
heads       2 of 8
head        2 logits; the score is the second less the first
parameters  8.51 k (8506)
tokenizer   wordpiece, vocabulary of 183
longest     64 tokens, query and document together
weights     model.safetensors, 34 kB, F32 34 kB
compute     521 kFLOP for a pair of 64 tokens
            linear layers 250 kFLOP: 2 · weights · tokens
            attention 270 kFLOP: 4 · layers · tokens² · hidden
            in the last layer only what the first token needs, which is far less
memory      float32 X MB: 80 MB + sessions · (weights 34 kB + work 17.7 MB)
            int8 X MB: 80 MB + sessions · (weights 28.7 kB + work 17.7 MB)
            sessions: N on this machine, fewer with fewer --threads
            work: 16 MB + 4 · tokens · (6 · hidden + 3 · intermediate + 5 · heads · longest)
            for batches of 512 tokens with texts as long as the model takes; usual ones need less
`,
    );
  });

  it("writes the same as JSON", async () => {
    const { stdout } = await models(["inspect", join(GOLDENS, "xlm-roberta-1label"), "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      family: "roberta",
      modelType: "xlm-roberta",
      labels: 1,
      tokenizer: { kind: "unigram" },
      weights: { format: "safetensors" },
      problems: [],
    });
  });

  it("tells less of a ready-made graph", async () => {
    const { code, stdout } = await models(["inspect", join(GOLDENS, "onnx-with-types")]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/weights {4}onnx\/model\.onnx, \d+(\.\d+)? kB\n/);
    expect(stdout).not.toContain("compute");
  });

  it("ends with 1 when the model could not be loaded, and says why", async () => {
    const { code, stdout, stderr } = await models(["inspect", join(GOLDENS, "bert-3labels")]);
    expect(code).toBe(1);
    expect(stdout).toContain("3 logits, of which no rule makes one score");
    expect(stderr).toMatch(/^rankwright: UNSUPPORTED_FEATURE: .* has 3 labels/);
    expect(await models(["inspect", "./none"])).toMatchObject({ code: 1, stdout: "" });
  });
});
