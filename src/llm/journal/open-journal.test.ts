import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import type { Warning } from "../../types/index.js";
import type { JournalEntry, Judgment } from "./judgment.js";
import { type JudgmentJournal, openJudgmentJournal } from "./open-journal.js";
import { readJournal } from "./read-journal.js";

const folder = new TemporaryFolder();
let files = 0;
const newPath = () => `${folder.path}/${++files}.jsonl`;

const judgment = (n: number, more: Partial<Judgment> = {}): Judgment => ({
  hash: n.toString(16).padStart(64, "0"),
  judge: "strict",
  model: "small-2025",
  query: "q1",
  documents: ["d0", `d${n}`],
  order: "ab",
  answer: `Passage A – "${n}" \ud83d\ude00`,
  preference: 0.75,
  source: "verdict",
  promptTokens: 100,
  completionTokens: 2,
  cost: 0.25,
  latencyMs: 12.5,
  time: "2026-01-02T03:04:05.678Z",
  ...more,
});

let opened: JudgmentJournal[] = [];
afterEach(async () => {
  await Promise.all(opened.map((journal) => journal.close()));
  opened = [];
});
async function open(path: string, warnings: Warning[] = []): Promise<JudgmentJournal> {
  const journal = await openJudgmentJournal(path, { onWarning: (warning) => warnings.push(warning) });
  opened.push(journal);
  return journal;
}
async function close(journal: JudgmentJournal): Promise<void> {
  opened = opened.filter((one) => one !== journal);
  await journal.close();
}
/** A journal of these judgments, closed. */
async function written(...judgments: readonly Judgment[]): Promise<string> {
  const path = newPath();
  const journal = await open(path);
  await Promise.all(judgments.map((one) => journal.add(one)));
  await close(journal);
  return path;
}
async function entries(path: string): Promise<JournalEntry[]> {
  const all: JournalEntry[] = [];
  for await (const entry of readJournal(path)) all.push(entry);
  return all;
}

describe("openJudgmentJournal", () => {
  it("keeps one line of ASCII an answer, and finds it again", async () => {
    const two = [judgment(1), judgment(2, { preference: null, failure: "refused" })];
    const path = await written(...two);
    const lines = readFileSync(path, "latin1").split("\n");
    expect(lines).toHaveLength(3);
    expect(lines.join("")).toMatch(/^[ -~]*$/);
    expect(await entries(path)).toEqual(two);

    const again = await open(path);
    expect(again.size).toBe(2);
    expect(again.find(judgment(1))).toEqual({ preference: 0.75, recorded: true });
    expect(again.find(judgment(2))).toEqual({ preference: null, recorded: true });
    expect(again.find(judgment(3))).toBeUndefined();
    expect(again.find(judgment(1, { judge: "lenient" }))).toBeUndefined();
    expect(again.find(judgment(1, { order: "ba", hash: "f".repeat(64) }))).toBeUndefined();
  });

  it("sees the same question whichever document is called a", async () => {
    const path = await written(judgment(1, { documents: ["x", "y"], order: "ab", preference: 0.9 }));
    const turned = judgment(1, { documents: ["y", "x"], order: "ba" });
    expect((await open(path)).find(turned)?.preference).toBeCloseTo(0.1, 12);
  });

  it("knows a prompt that was answered under other ids", async () => {
    const journal = await open(await written(judgment(1)));
    const elsewhere = judgment(1, { query: "q2", documents: ["e1", "e2"], copied: true });
    expect(journal.find(elsewhere)).toEqual({ preference: 0.75, recorded: false });
    await journal.add(elsewhere);
    expect(journal.find(elsewhere)).toEqual({ preference: 0.75, recorded: true });
    expect(journal.totals.all().calls).toBe(1);
    expect(journal.find(judgment(1, { query: "q2", judge: "lenient" }))).toBeUndefined();
  });

  it("refuses other prompts under known ids, and a second answer", async () => {
    const journal = await open(await written(judgment(1)));
    expect(() => journal.find(judgment(1, { hash: "a".repeat(64) }))).toThrow(
      expect.objectContaining({ code: "INVALID_JOURNAL", message: expect.stringMatching(/have changed/) }),
    );
    await expect(journal.add(judgment(1))).rejects.toMatchObject({ code: "INVALID_JOURNAL" });
    expect(await entries(journal.path)).toHaveLength(1);
  });

  it("adds up calls and costs; what is unknown of one is unknown of the sum", async () => {
    const journal = await open(
      await written(
        judgment(1),
        judgment(2, { preference: null, failure: "malformed" }),
        judgment(3, { judge: "lenient", model: "large", cost: undefined }),
      ),
    );
    expect(journal.totals.byJudge()).toEqual([
      {
        judge: "strict",
        model: "small-2025",
        calls: 2,
        failures: 1,
        promptTokens: 200,
        completionTokens: 4,
        cost: 0.5,
      },
      {
        judge: "lenient",
        model: "large",
        calls: 1,
        failures: 0,
        promptTokens: 100,
        completionTokens: 2,
        cost: undefined,
      },
    ]);
    expect(journal.totals.all()).toEqual({
      calls: 3,
      failures: 1,
      promptTokens: 300,
      completionTokens: 6,
      cost: undefined,
    });
  });

  it("notes a duplicate document once", async () => {
    const path = newPath();
    const note = { duplicate: "d7", of: "d0", query: "q1" };
    for (let i = 0; i < 2; i++) {
      const journal = await open(path);
      await journal.addDuplicate(note);
      await journal.addDuplicate(note);
      await close(journal);
    }
    expect(await entries(path)).toEqual([note]);
  });

  it("finds thousands of answers, those of other questions never", async () => {
    const path = newPath();
    const journal = await open(path);
    const many = Array.from({ length: 3000 }, (_, n) => judgment(n + 1, { preference: n / 3000 }));
    await Promise.all(many.map((one) => journal.add(one)));
    await close(journal);
    const again = await open(path);
    for (const one of many) expect(again.find(one)?.preference).toBe(one.preference);
    for (let n = 3001; n < 6000; n++) expect(again.find(judgment(n))).toBeUndefined();
  });

  it("says where a journal cannot be", async () => {
    writeFileSync(`${folder.path}/plain`, "");
    await expect(open(`${folder.path}/plain/journal.jsonl`)).rejects.toMatchObject({ code: "WRITE_FAILED" });
    await expect(open(folder.path)).rejects.toMatchObject({ code: "WRITE_FAILED" });
    expect(existsSync(`${folder.path}.lock`)).toBe(false);
  });
});

describe("a last line cut short", () => {
  it("is put aside wherever the crash cut it, and its question can be asked again", async () => {
    const [first, second] = [judgment(1), judgment(2)];
    const whole = readFileSync(await written(first, second));
    const start = whole.indexOf("\n") + 1;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: start + 1, max: whole.length - 2 }),
        fc.nat(3),
        async (cut, zeros) => {
          const path = newPath();
          writeFileSync(path, Buffer.concat([whole.subarray(0, cut), Buffer.alloc(zeros)]));
          expect(await entries(path)).toEqual([first]);
          const warnings: Warning[] = [];
          const journal = await open(path, warnings);
          expect(warnings).toEqual([
            { code: "torn_line", message: expect.stringMatching(/line 2 was cut short/) },
          ]);
          expect(journal.find(second)).toBeUndefined();
          await journal.add(second);
          await close(journal);
          expect(readFileSync(path).equals(whole)).toBe(true);
          expect(
            readFileSync(`${path}.torn`)
              .subarray(0, cut - start)
              .equals(whole.subarray(start, cut)),
          ).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is whole where only its line end is missing", async () => {
    const path = await written(judgment(1));
    writeFileSync(path, readFileSync(path).subarray(0, -1));
    const warnings: Warning[] = [];
    const journal = await open(path, warnings);
    expect(warnings).toEqual([]);
    await journal.add(judgment(2));
    await close(journal);
    expect(await entries(path)).toEqual([judgment(1), judgment(2)]);
  });

  it("is nothing at all in a new file", async () => {
    const path = newPath();
    writeFileSync(path, '{"ha');
    const journal = await open(path);
    await close(journal);
    expect(readFileSync(path, "utf8")).toBe("");
    expect(readFileSync(`${path}.torn`, "utf8")).toBe('{"ha\n');
  });
});

describe("damage", () => {
  it.each<[string, (line: string) => string, string]>([
    ["bytes lost in the middle", (line) => line.slice(0, 40), "JSON"],
    ["a value that cannot be", (line) => line.replace("0.75", "7.5"), "preference is 7.5"],
    ["a field lost", (line) => line.replace('"order":"ab",', ""), "order is undefined"],
    ["a document without a name", (line) => line.replace('"d0"', '""'), "documents is"],
    ["a document against itself", (line) => line.replace("d2", "d0"), "documents is"],
    ["bytes that are no text", (line) => line.replace("strict", "\xff\xfe"), "encoded data"],
    ["a number", () => "5", "no object"],
  ])("is refused with its line: %s", async (_, harm, reason) => {
    const path = await written(judgment(1), judgment(2), judgment(3));
    const lines = readFileSync(path, "latin1").split("\n");
    writeFileSync(path, lines.with(1, harm(lines[1] as string)).join("\n"), "latin1");
    const before = readFileSync(path);
    await expect(open(path)).rejects.toMatchObject({
      code: "INVALID_JOURNAL",
      field: "line 2",
      message: expect.stringContaining(reason),
    });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it("is refused in a file that is no journal, which stays as it is", async () => {
    for (const text of ["q1 Q0 d1 1 0.5 tag", "\x1f\x8b\x08", "[]\n", '{"query":"q"}\n']) {
      const path = newPath();
      writeFileSync(path, text, "latin1");
      await expect(open(path), text).rejects.toMatchObject({ code: expect.stringMatching(/^INVALID_/) });
      expect(readFileSync(path, "latin1")).toBe(text);
    }
  });

  it("leaves a line that came twice out of account", async () => {
    const path = await written(judgment(1), judgment(2));
    appendFileSync(path, readFileSync(path));
    const journal = await open(path);
    expect(journal.size).toBe(2);
    expect(journal.totals.all().calls).toBe(2);
  });
});
