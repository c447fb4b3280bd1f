import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { lockJournal } from "./journal-lock.js";

const folder = new TemporaryFolder();
let files = 0;
const newPath = () => `${folder.path}/${++files}.jsonl`;
const holder = (path: string) => JSON.parse(readFileSync(`${path}.lock`, "utf8"));
/** The number of a process that has ended. */
const deadPid = () => Number(execFileSync(process.execPath, ["-p", "process.pid"]).toString());

describe("lockJournal", () => {
  it("lets one in at a time, in this process too", async () => {
    const path = newPath();
    const unlock = await lockJournal(path);
    expect(holder(path)).toMatchObject({ pid: process.pid, host: hostname() });
    await expect(lockJournal(path)).rejects.toMatchObject({
      code: "JOURNAL_LOCKED",
      message: expect.stringContaining(`process ${process.pid} on`),
    });
    await unlock();
    expect(existsSync(`${path}.lock`)).toBe(false);
    await (await lockJournal(path))();
  });

  it("takes over from the dead, and from a later process with the same number", async () => {
    const path = newPath();
    const self = { pid: process.pid, host: hostname() };
    for (const dead of [
      { ...self, pid: deadPid() },
      { ...self, started: "1" },
    ]) {
      writeFileSync(`${path}.lock`, JSON.stringify(dead));
      const unlock = await lockJournal(path);
      expect(holder(path).pid).toBe(process.pid);
      await unlock();
    }
  });

  it("takes over from one that died while taking over", async () => {
    const path = newPath();
    const dead = JSON.stringify({ pid: deadPid(), host: hostname() });
    writeFileSync(`${path}.lock`, dead);
    writeFileSync(`${path}.lock.takeover`, dead);
    await (await lockJournal(path))();
    expect(existsSync(`${path}.lock.takeover`)).toBe(false);
  });

  it("waits for a live process, and not after it was killed", async () => {
    const path = newPath();
    const child = spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)"]);
    await once(child, "spawn");
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: child.pid, host: hostname() }));
    await expect(lockJournal(path)).rejects.toMatchObject({ code: "JOURNAL_LOCKED" });
    child.kill("SIGKILL");
    await once(child, "exit");
    await (await lockJournal(path))();
  });

  it("believes another machine as long as it gives signs of life", async () => {
    const path = newPath();
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: 1, host: "elsewhere" }));
    await expect(lockJournal(path)).rejects.toMatchObject({
      code: "JOURNAL_LOCKED",
      message: expect.stringContaining("elsewhere"),
    });
    const before = Date.now() / 1000 - 120;
    utimesSync(`${path}.lock`, before, before);
    await (await lockJournal(path))();
  });

  it("lets exactly one of many in, over a stale lock too", async () => {
    for (let round = 0; round < 10; round++) {
      const path = newPath();
      const stale = round % 2 === 1;
      if (stale) writeFileSync(`${path}.lock`, JSON.stringify({ pid: deadPid(), host: hostname() }));
      const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockJournal(path)));
      const winners = outcomes.filter(({ status }) => status === "fulfilled").length;
      expect(winners).toBeLessThanOrEqual(1);
      if (!stale) expect(winners).toBe(1);
      for (const outcome of outcomes) if (outcome.status === "fulfilled") await outcome.value();
      // Those that met over a stale lock may have turned each other away; the next one gets in.
      await (await lockJournal(path))();
    }
  });
});
