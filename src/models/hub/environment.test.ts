import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hubCacheDir } from "./cache-layout.js";
import { type HubOptions, hubSettings } from "./environment.js";

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "home-"));
  await mkdir(join(home, ".cache", "huggingface"), { recursive: true });
  await writeFile(join(home, ".cache", "huggingface", "token"), "hf_file\n");
  await writeFile(join(home, "other-token"), "hf_other");
});
afterAll(() => rm(home, { recursive: true }));

const settings = (env: Record<string, string>, options: HubOptions = {}) =>
  hubSettings({ ...options, env: { HOME: home, ...env } });

describe("the cache folder", () => {
  it.each([
    [{}, "/home/me/.cache/huggingface/hub"],
    [{ XDG_CACHE_HOME: "/xdg" }, "/xdg/huggingface/hub"],
    [{ XDG_CACHE_HOME: "/xdg", HF_HOME: "~/hf" }, "/home/me/hf/hub"],
    [{ HF_HOME: "/hf", HUGGINGFACE_HUB_CACHE: "/old" }, "/old"],
    [
      {
        HF_HOME: "/hf",
        HUGGINGFACE_HUB_CACHE: "/old",
        HF_HUB_CACHE: `$DISK/\${USER}/cache`,
        DISK: "/d",
        USER: "me",
      },
      "/d/me/cache",
    ],
    [{ HF_HUB_CACHE: "", HF_HOME: "/hf" }, "/hf/hub"],
  ])("is for %j %s", (env, folder) => {
    expect(hubCacheDir({ HOME: "/home/me", ...env })).toBe(folder);
  });

  it("lies in the user's home when no variable says otherwise", () => {
    expect(hubCacheDir({})).toBe(join(homedir(), ".cache/huggingface/hub"));
  });
});

describe("settings", () => {
  it("have Python's defaults", async () => {
    expect(await settings({ HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" })).toEqual({
      endpoint: "https://huggingface.co",
      token: undefined,
      tokenSource: undefined,
      offline: false,
      cacheDir: join(home, ".cache/huggingface/hub"),
      symlinks: true,
      requestMs: 10_000,
      stallMs: 10_000,
    });
  });

  it("read switches in any case and times in seconds", async () => {
    const env = { HF_HUB_OFFLINE: "true", HF_HUB_DISABLE_SYMLINKS: "ON", HF_HUB_ETAG_TIMEOUT: "3" };
    expect(await settings(env)).toMatchObject({ offline: true, symlinks: false, requestMs: 3000 });
    expect(await settings({ TRANSFORMERS_OFFLINE: "YES" })).toMatchObject({ offline: true });
    expect(await settings({ HF_HUB_OFFLINE: "0", TRANSFORMERS_OFFLINE: "1" })).toMatchObject({
      offline: false,
    });
    expect(await settings(env, { offline: false })).toMatchObject({ offline: false });
  });

  it("cut the slash off an endpoint", async () => {
    expect(await settings({ HF_ENDPOINT: "https://mirror.example/hf/" })).toMatchObject({
      endpoint: "https://mirror.example/hf",
    });
  });

  it.each<[Record<string, string>, HubOptions, string]>([
    [{ HF_ENDPOINT: "mirror.example" }, {}, "endpoint"],
    [{}, { endpoint: "ftp://mirror.example" }, "endpoint"],
    [{ HF_HUB_DOWNLOAD_TIMEOUT: "soon" }, {}, "HF_HUB_DOWNLOAD_TIMEOUT"],
    [{}, { timeouts: { stallMs: 0 } }, "timeouts.stallMs"],
  ])("refuse %j %j", async (env, options, field) => {
    await expect(settings(env, options)).rejects.toMatchObject({ code: "INVALID_OPTION", field });
  });

  it("refuse an endpoint with a password without printing it", async () => {
    const error = await settings({}, { endpoint: "https://me:secret@mirror.example" }).catch(
      (error) => error,
    );
    expect(error.code).toBe("INVALID_OPTION");
    expect(error.message).not.toContain("secret");
  });
});

describe("the token", () => {
  it.each<[Record<string, string>, HubOptions, string | undefined, string | undefined]>([
    [{ HF_TOKEN: " hf_env\n", HUGGING_FACE_HUB_TOKEN: "hf_old" }, {}, "hf_env", "HF_TOKEN"],
    [{ HF_TOKEN: "", HUGGING_FACE_HUB_TOKEN: "hf_old" }, {}, "hf_old", "HUGGING_FACE_HUB_TOKEN"],
    [{}, {}, "hf_file", "the token file of HF_HOME"],
    [{ HF_TOKEN_PATH: "~/other-token" }, {}, "hf_other", "the file of HF_TOKEN_PATH"],
    [{ HF_TOKEN_PATH: "/no/such/file" }, {}, undefined, undefined],
    [{ HF_TOKEN: "hf_env" }, { token: "hf_option" }, "hf_option", "the token option"],
    [{ HF_TOKEN: "hf_env" }, { token: false }, undefined, undefined],
    [{ HF_TOKEN: "hf_env", HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" }, {}, undefined, undefined],
    [{ HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" }, { token: "hf_option" }, "hf_option", "the token option"],
  ])("from %j and %j is %s", async (env, options, token, tokenSource) => {
    expect(await settings(env, options)).toMatchObject({ token, tokenSource });
  });

  it("with characters that no header carries is refused without being printed", async () => {
    const error = await settings({ HF_TOKEN: "hf_a\nhf_b" }).catch((error) => error);
    expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringContaining("HF_TOKEN") });
    expect(error.message).not.toContain("hf_a");
  });
});
