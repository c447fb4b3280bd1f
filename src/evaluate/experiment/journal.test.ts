import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inputsOf, openJournal } from "./journal.js";
import type { QueryOutcome } from "./query-outcome.js";

let path: string;
beforeEach(() => {
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

  it("cuts off what a crash left of the last line, and goes on after it", async () => {
    const first = await openJournal(path);
    await first.add("k1", outcome("q1"));
    await first.close();
    appendFileSync(path, '{"inputs":"k2","outcome":{"query":"q2","ids":["a');
    const second = await openJournal(path);
    expect(second.find("k2")).toBeUndefined();
    await second.add("k3", outcome("q3"));
    await second.close();
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).inputs)).toEqual(["k1", "k3"]);
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
