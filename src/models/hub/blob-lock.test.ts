import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { lockBlob } from "./blob-lock.js";

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
  path = join(folder, "repo", "abc.lock");
});
afterEach(() => rm(folder, { recursive: true }));

const MINE = "abc.00000001.incomplete";
const THEIRS = "abc.00000002.incomplete";
const NO_SUCH_PROCESS = 2 ** 30;

/** Locks; each wait for another owner calls `onWait` instead of waiting. */
const lock = (onWait: () => unknown = () => expect.fail("had to wait")) =>
  lockBlob(path, MINE, {
    sleep: async () => {
      await onWait();
    },
  });

/** Leaves the lock file of another owner, silent for `seconds`. */
async function leave(owner: object | string, seconds = 0): Promise<void> {
  await (await lock()).release();
  const text = typeof owner === "string" ? owner : JSON.stringify(owner);
  await writeFile(path, text);
  const then = new Date(Date.now() - seconds * 1000);
  await utimes(path, then, then);
}

async function thisHost(): Promise<string> {
  const held = await lock();
  const { host } = JSON.parse(await readFile(path, "utf8"));
  await held.release();
  return host;
}

it("is free at first and again after release", async () => {
  const first = await lock();
  expect(first.orphan).toBeUndefined();
  await first.release();
  expect(await readdir(join(folder, "repo"))).toEqual([]);
  expect((await lock()).orphan).toBeUndefined();
});

it("makes the second wait for the first", async () => {
  const first = await lock();
  let waits = 0;
  const second = await lock(async () => {
    if (++waits === 3) await first.release();
  });
  expect(waits).toBe(3);
  expect(second.orphan).toBeUndefined();
});

it("hands the partial file on when it is parked", async () => {
  await (await lock()).park();
  expect((await lock()).orphan).toBe(MINE);
});

it("hands on the partial file of a process that died on this machine", async () => {
  await leave({ pid: NO_SUCH_PROCESS, host: await thisHost(), incomplete: THEIRS });
  expect((await lock()).orphan).toBe(THEIRS);
});

it("waits for a process of another machine, whose id means nothing here", async () => {
  await leave({ pid: NO_SUCH_PROCESS, host: "elsewhere", incomplete: THEIRS });
  let waits = 0;
  await lock(() => (++waits === 2 ? rm(path) : undefined));
  expect(waits).toBe(2);
});

it("is taken from an owner silent for over a minute, but not the file it may still write", async () => {
  await leave({ pid: process.pid, host: await thisHost(), incomplete: THEIRS }, 61);
  expect((await lock()).orphan).toBeUndefined();
  await rm(path);
  await leave({ pid: NO_SUCH_PROCESS, host: "elsewhere", incomplete: THEIRS }, 61);
  expect((await lock()).orphan).toBeUndefined();
});

it("waits while a fresh lock file is unreadable, and takes it when it stays so", async () => {
  for (const text of ["", "null", "{", '{"pid":0,"host":"h","incomplete":"../../etc/passwd"}']) {
    await leave(text, 61);
    expect((await lock()).orphan).toBeUndefined();
    await rm(path);
  }
  await leave("");
  let waits = 0;
  await lock(() => (++waits === 1 ? rm(path) : undefined));
  expect(waits).toBe(1);
});

it("that was taken over is not released by its former owner", async () => {
  const first = await lock();
  await writeFile(path, "somebody else");
  await first.release();
  await first.park();
  expect(await readFile(path, "utf8")).toBe("somebody else");
});

it("does without a lock where its folder cannot be made", async () => {
  await writeFile(join(folder, "repo"), "a file");
  const held = await lock();
  await held.park();
  await held.release();
  expect(held.orphan).toBeUndefined();
});

it("does without a lock that cannot be read", async () => {
  await mkdir(path, { recursive: true });
  expect((await lock()).orphan).toBeUndefined();
});

it("stops waiting when the signal fires", async () => {
  await lock();
  const controller = new AbortController();
  const waiting = lockBlob(path, MINE, {
    signal: controller.signal,
    sleep: async () => controller.abort(new Error("enough")),
  });
  await expect(waiting).rejects.toMatchObject({ code: "ABORTED" });
});
