import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { etagOf, type Fault } from "./testing/fake-hub.js";
import { MODEL, openScene, type Scene } from "./testing/hub-scene.js";

const FILE = "model.safetensors";
const WEIGHTS = MODEL.files[FILE] as Buffer;
const ETAG = etagOf(WEIGHTS);
let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const root = (...path: string[]) => join(scene.cacheDir, "models--org--tiny", ...path);
const lockFile = () => join(scene.cacheDir, ".locks", "models--org--tiny", `${ETAG}.rankwright.lock`);
const ranges = () => scene.hub.requests.filter(({ on }) => on === "cdn").map(({ range }) => range);
/** Partial files of the weights. */
const partials = async () =>
  (await scene.blobs()).filter((name) => /\.incomplete$/.test(name) && name.startsWith(ETAG));

/** Downloads under faults; the cache must then hold nothing but whole files. */
async function expectWhole(faults: Fault[]): Promise<void> {
  scene.hub.faults = faults;
  const { folder } = await scene.resolve("org/tiny");
  expect((await readFile(join(folder, FILE))).equals(WEIGHTS)).toBe(true);
  expect(await partials()).toEqual([]);
}

/** Downloads under faults that win; no weights may be visible, in the snapshot or as a blob. */
async function expectFailure(faults: Fault[], code: string, options = {}): Promise<Error> {
  scene.hub.faults = faults;
  const error: Error = await scene.resolve("org/tiny", options).then(
    () => new Error("no error"),
    (e) => e,
  );
  expect(error).toMatchObject({ code });
  const files = await scene.cacheFiles();
  expect(files.filter((file) => file.endsWith(FILE) || file.endsWith(ETAG))).toEqual([]);
  return error;
}

describe("a download that meets trouble and gets through", () => {
  it("goes on after dropped connections where it stopped", async () => {
    await expectWhole([{ on: "cdn", dropAfter: 100_000, times: 2 }]);
    // Some of the bytes on the way are lost with the connection.
    const [first, ...later] = ranges().map((range) => Number(/^bytes=(\d+)-$/.exec(range ?? "")?.[1]));
    expect(first).toBeNaN();
    expect(later).toHaveLength(2);
    expect(later[0]).toBeGreaterThan(0);
    expect(later[1]).toBeGreaterThan(later[0] as number);
  });

  it("forgives any number of drops as long as each brings something", async () => {
    await expectWhole([{ on: "cdn", dropAfter: 30_000, times: 9 }]);
    expect(ranges()).toHaveLength(10);
  });

  it("starts over with a server that ignores ranges", async () => {
    await expectWhole([
      { on: "cdn", dropAfter: 100_000, times: 1 },
      { on: "cdn", ignoreRange: true, times: 1 },
    ]);
  });

  it("goes on after a stall", async () => {
    scene.hub.faults = [{ on: "cdn", stallAfter: 50_000, times: 1 }];
    const { folder } = await scene.resolve("org/tiny", { timeouts: { stallMs: 300 } });
    expect((await readFile(join(folder, FILE))).equals(WEIGHTS)).toBe(true);
    expect(ranges().at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it("retries server errors, an expired signature and rate limits, waiting as long as asked", async () => {
    const slept: number[] = [];
    scene.hub.faults = [
      { on: "list", status: 500, times: 2 },
      { on: "head", file: FILE, status: 429, headers: { "retry-after": "7" }, times: 1 },
      { on: "cdn", status: 403, times: 1 },
    ];
    const sleep = async (ms: number) => {
      slept.push(ms);
    };
    expect(await scene.resolve("org/tiny", { sleep })).toMatchObject({ source: "hub" });
    expect(slept).toHaveLength(4);
    expect(slept).toContain(7000);
  });
});

describe("a download that fails", () => {
  it("because of wrong bytes leaves nothing", async () => {
    await expectFailure([{ on: "cdn", corrupt: true }], "HUB_CHECKSUM");
    expect(await partials()).toEqual([]);
    await rm(root(), { recursive: true });
    scene.hub.faults = [{ on: "get", file: "config.json", corrupt: true }];
    await expect(scene.resolve("org/tiny")).rejects.toMatchObject({ code: "HUB_CHECKSUM" });
    expect(await scene.cacheFiles()).not.toContainEqual(expect.stringMatching(/\/config\.json$/));
  });

  it("because of a size that is not true leaves nothing", async () => {
    await expectFailure([{ on: "head", file: FILE, announce: 299_999 }], "HUB_CHECKSUM");
    await expectFailure([{ on: "head", file: FILE, announce: 300_001 }], "HUB_CHECKSUM");
    expect(await partials()).toEqual([]);
  });

  it("because of the server or the line keeps what came, and says which", async () => {
    await expectFailure([{ on: "get", file: FILE, status: 502 }], "HUB_UNAVAILABLE");
    expect(scene.hub.requests.filter(({ on, file }) => on === "get" && file === FILE)).toHaveLength(6);
    await expectFailure([{ on: "list", status: 429 }], "HUB_RATE_LIMITED", { retries: 1 });
    await expectFailure([{ on: "list", stallAfter: 0 }], "HUB_TIMEOUT", {
      retries: 0,
      timeouts: { requestMs: 50 },
    });
    const stall = { retries: 1, timeouts: { stallMs: 50 } };
    await expectFailure([{ on: "cdn", stallAfter: 0 }], "HUB_TIMEOUT", stall);
  });

  it("because of one file stops the others at once", async () => {
    scene.hub.faults = [
      { on: "cdn", stallAfter: 1000 },
      { on: "get", file: "config.json", corrupt: true },
    ];
    await expect(scene.resolve("org/tiny", { timeouts: { stallMs: 3_600_000 } })).rejects.toMatchObject({
      code: "HUB_CHECKSUM",
      field: "config.json",
    });
  });

  it("does not wait when the hub asks for longer than a minute", async () => {
    const error = await expectFailure(
      [{ on: "list", status: 429, headers: { "retry-after": "3600" } }],
      "HUB_RATE_LIMITED",
    );
    expect(error.message).toContain("3600 s");
    expect(scene.hub.requests).toHaveLength(1);
  });

  it("never shows the signed address of the CDN", async () => {
    const error = await expectFailure([{ on: "cdn", status: 500 }], "HUB_UNAVAILABLE", { retries: 0 });
    expect(error.message).not.toContain("s3cret");
  });
});

describe("an aborted download", () => {
  /** Stops when about a third of the weights has come. */
  async function abortMidway(): Promise<void> {
    scene.hub.faults = [{ on: "cdn", stallAfter: 100_000, times: 1 }];
    const controller = new AbortController();
    const resolving = scene.resolve("org/tiny", {
      signal: controller.signal,
      onProgress: ({ file, receivedBytes }) => {
        if (file === FILE && receivedBytes === 100_000) controller.abort(new Error("enough"));
      },
    });
    await expect(resolving).rejects.toMatchObject({ code: "ABORTED", cause: new Error("enough") });
    expect(await partials()).toHaveLength(1);
    scene.hub.requests.length = 0;
  }

  it("is refused before the first request when the signal has fired", async () => {
    await expect(scene.resolve("org/tiny", { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "ABORTED",
    });
    expect(scene.hub.requests).toEqual([]);
  });

  it("is resumed by the next one", async () => {
    await abortMidway();
    const progress: number[] = [];
    await scene.resolve("org/tiny", {
      onProgress: ({ file, receivedBytes }) => void (file === FILE && progress.push(receivedBytes)),
    });
    expect(ranges()).toEqual(["bytes=100000-"]);
    expect(progress[0]).toBe(100_000);
    expect(await partials()).toEqual([]);
    expect(await readdir(join(scene.cacheDir, ".locks", "models--org--tiny"))).toEqual([]);
  });

  it("starts over when the bytes kept were bad", async () => {
    await abortMidway();
    const [partial] = await partials();
    await writeFile(root("blobs", partial as string), "rubbish".repeat(1000));
    await expectWhole([]);
    expect(ranges()).toEqual(["bytes=7000-", undefined]);
  });

  it("starts over when the kept file is longer than the whole or has vanished", async () => {
    await abortMidway();
    const [partial] = await partials();
    await writeFile(root("blobs", partial as string), Buffer.alloc(400_000));
    await expectWhole([]);
    await rm(root(), { recursive: true });
    await abortMidway();
    for (const name of await partials()) await rm(root("blobs", name));
    await expectWhole([]);
    expect(ranges()).toEqual([undefined]);
  });

  it("leaves a partial file alone that another program is writing", async () => {
    const foreign = `${ETAG}.0123abcd.incomplete`;
    await scene.resolve("org/tiny");
    await rm(root("snapshots"), { recursive: true });
    await rm(root("blobs", ETAG));
    await writeFile(root("blobs", foreign), "by Python");
    await scene.resolve("org/tiny");
    expect(await readFile(root("blobs", foreign), "utf8")).toBe("by Python");
  });
});

describe("several downloads of one model at once", () => {
  it("fetch each file once and all succeed", async () => {
    const models = await Promise.all(Array.from({ length: 5 }, () => scene.resolve("org/tiny")));
    expect(new Set(models.map(({ folder }) => folder)).size).toBe(1);
    expect(ranges()).toEqual([undefined]);
    expect((await readFile(join(models[0]?.folder ?? "", FILE))).equals(WEIGHTS)).toBe(true);
    expect(await partials()).toEqual([]);
  });

  it("stay correct when the lock does not work", async () => {
    await writeFile(join(scene.cacheDir, ".locks"), "no folder");
    await Promise.all(Array.from({ length: 5 }, () => scene.resolve("org/tiny")));
    await expectWhole([]);
  });

  it("take over from a process that died, with what it had", async () => {
    const left = `${ETAG}.deadbeef.incomplete`;
    await expectFailure([{ on: "cdn", status: 500 }], "HUB_UNAVAILABLE", { retries: 0 });
    const owner = JSON.parse(await readFile(lockFile(), "utf8"));
    await writeFile(root("blobs", left), WEIGHTS.subarray(0, 100_000));
    // No process can have this id: it is above what any kernel hands out.
    await writeFile(lockFile(), JSON.stringify({ ...owner, pid: 2 ** 30, incomplete: left }));
    for (const name of await partials()) if (name !== left) await rm(root("blobs", name));
    scene.hub.requests.length = 0;
    await expectWhole([]);
    expect(ranges()).toEqual(["bytes=100000-"]);
  });
});
