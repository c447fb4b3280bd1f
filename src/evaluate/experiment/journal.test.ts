import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inputsOf, openJournal } from "./journal.js";
import type { QueryOutcome } from "./query-outcome.js";

/** What the system says to what is appended; unset: a healthy disk. */
let trouble: string | undefined;

vi.mock("node:fs/promises", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs/promises")>();
  const open = async (...args: Parameters<typeof fs.open>) => {
    const handle = await fs.open(...args);
    const append = handle.appendFile.bind(handle);
    const appendFile = async (text: string) => {
      if (trouble !== undefined) throw Object.assign(new Error("write failed"), { code: trouble });
      return append(text);
    };
    return Object.assign(handle, { appendFile });
  };
  return { ...fs, open };
});

let path: string;
beforeEach(() => {
  trouble = undefined;
  path = join(mkdtempSync(join(tmpdir(), "journal-")), "scores", "a.jsonl");
});
afterEach(() => rmSync(join(path, "../.."), { recursive: true }));

const outcome = (query: string): QueryOutcome => ({
  query,
  ids: ["a", "b"],
  scores: [0.1 + 0.2, -3e-9],
  ms: 1.5,
  pairs: 2,
  tokens: 20,
  warnings: [],
});

describe("a journal", () => {
  it("remembers outcomes to the last bit", async () => {
    const first = await openJournal(path);
    await first.add("k1", outcome("q1"));
    await first.close();
    const second = await openJournal(path);
    expect(second.find("k1")).toEqual(outcome("q1"));
    expect(second.find("k2")).toBeUndefined();
    await second.close();
  });

  it("passes over what a crash left of the last line, and goes on after it", async () => {
    const first = await openJournal(path);
    await first.add("k1", outcome("q1"));
    await first.close();
    appendFileSync(path, '{"inputs":"k2","outcome":{"query":"q2","ids":["a');
    const second = await openJournal(path);
    expect(second.find("k2")).toBeUndefined();
    await second.add("k3", outcome("q3"));
    await second.close();
    const third = await openJournal(path);
    expect(["k1", "k2", "k3"].map((key) => third.find(key)?.query)).toEqual(["q1", undefined, "q3"]);
    await third.close();
  });

  it("passes over lines that are no entries", async () => {
    const first = await openJournal(path);
    await first.add("k1", outcome("q1"));
    await first.close();
    appendFileSync(path, '{"inputs":"k2"}\nnot JSON\n');
    const second = await openJournal(path);
    expect(second.find("k1")).toBeDefined();
    expect(second.find("k2")).toBeUndefined();
    await second.close();
  });

  it("survives a line torn inside a character", async () => {
    const first = await openJournal(path);
    await first.add("k1", { ...outcome("q1"), ids: ["ü", "𝄞"] });
    await first.close();
    const whole = readFileSync(path);
    expect(whole.every((byte) => byte < 128)).toBe(true);
    const second = await openJournal(path);
    expect(second.find("k1")?.ids).toEqual(["ü", "𝄞"]);
    await second.close();
  });

  it("forgets everything when it is to begin anew", async () => {
    const first = await openJournal(path);
    await first.add("k1", outcome("q1"));
    await first.close();
    const second = await openJournal(path, { fresh: true });
    expect(second.find("k1")).toBeUndefined();
    await second.add("k2", outcome("q2"));
    await second.close();
    const third = await openJournal(path);
    expect([third.find("k1"), third.find("k2")?.query]).toEqual([undefined, "q2"]);
    await third.close();
  });

  it("keeps no score that is not a number", async () => {
    const first = await openJournal(path);
    await first.add("k1", { ...outcome("q1"), scores: [1, Number.NaN] });
    await first.close();
    const second = await openJournal(path);
    expect(second.find("k1")).toBeUndefined();
    await second.close();
  });

  it.each([
    ["ENOSPC", "DISK_FULL"],
    ["EDQUOT", "DISK_FULL"],
    ["EIO", "CACHE_FAILED"],
  ])("says %s as %s, when it is opened and later", async (system, code) => {
    const journal = await openJournal(path);
    trouble = system;
    await expect(journal.add("k1", outcome("q1"))).rejects.toMatchObject({ code });
    await expect(openJournal(path)).rejects.toMatchObject({ code });
    await journal.close();
  });

  it("says where it cannot be kept", async () => {
    await expect(openJournal(join(path, "..", "\0"))).rejects.toMatchObject({ code: "CACHE_FAILED" });
  });
});

describe("inputsOf", () => {
  const documents = [
    { id: "1", text: "ab" },
    { id: "2", text: "c" },
  ];

  it("tells other texts, ids, titles and orders apart", () => {
    const keys = [
      inputsOf("q", documents),
      inputsOf("q2", documents),
      inputsOf("q", documents.toReversed()),
      inputsOf("q", [{ id: "1", text: "a" }, documents[1]!]),
      inputsOf("q", [{ id: "1", title: "a", text: "b" }, documents[1]!]),
      inputsOf("q", [{ id: "1a", text: "b" }, documents[1]!]),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(inputsOf("q", documents)).toBe(keys[0]);
  });
});
