import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { kendallTau } from "../../evaluate/index.js";
import { Harbour, hiddenScore, QUERIES, TEXTS } from "../judge/testing/harbour.js";
import { runCli } from "../testing/run-cli.js";

const harbour = new Harbour();
const { folder } = harbour;

describe("rankwright fit", () => {
  it("makes comparable scores of a journal, and says what they rest on", async () => {
    const simulator = await harbour.start({
      judges: { judge: { positionBias: 0.7 }, other: { logitNoise: 1 } },
    });
    const journal = harbour.newJournal();
    const judges = harbour.judgesFile(simulator, {}, { model: "other" });
    expect((await harbour.judge(judges, journal, ["--cross-pairs", "4"])).code).toBe(0);
    const { code, stdout, stderr } = await harbour.fit("--journal", journal, "--out", "scores.jsonl");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^judge +112 +0 +56 +[\d.]+ % +\+0\.7\d? /m);
    expect(stdout).toMatch(/^judge, other +56 +\d/m);
    expect(stdout).toMatch(/scores of all\squeries can be compared/);
    expect(stdout).toContain("scores.jsonl holds 24 scores\n");
    const scores = harbour.read("scores.jsonl");
    expect(scores).toHaveLength(24);
    expect(scores[0]).toEqual({
      ...{ query: "q1", document: expect.any(String), score: expect.any(Number) },
      ...{ standardError: expect.any(Number), comparisons: 8 },
    });
    const hidden = scores.map(({ query, document }) =>
      hiddenScore(TEXTS[Number(document.slice(1))]!, QUERIES[query as "q1"]),
    );
    expect(
      kendallTau(
        scores.map((line) => line.score),
        hidden,
      ),
    ).toBeGreaterThan(0.8);

    const json = JSON.parse(
      (await harbour.fit("--journal", journal, "--out", "scores.jsonl.gz", "--json")).stdout,
    );
    expect(json).toMatchObject({
      ...{ model: "bt", queries: 2, documents: 24, comparable: true, crossComparisons: 16, incomplete: 0 },
      judges: [{ judge: "judge", bias: { pairs: 56 } }, { judge: "other" }],
      totals: { all: { calls: 224 } },
    });
    const qrels = folder.write("qrels.txt", "q1 0 d11 1\nq2 0 d11 1\n");
    const measured = await runCli(
      ["measure", "--qrels", qrels, "--run", "scores.jsonl", "--measures", "RR@10"],
      { cwd: folder.path },
    );
    expect(measured.code).toBe(0);
  });

  it("fits with Thurstone, hard votes, weights and another prior", async () => {
    const simulator = await harbour.start();
    const journal = harbour.newJournal();
    await harbour.judge(harbour.judgesFile(simulator), journal);
    const spread = async (...argv: string[]) => {
      await harbour.fit("--journal", journal, "--out", "s.jsonl", ...argv);
      const scores = harbour.read("s.jsonl").map((line) => line.score);
      return Math.max(...scores) - Math.min(...scores);
    };
    const usual = await spread();
    expect(await spread("--model", "thurstone")).toBeLessThan(usual);
    expect(await spread("--votes", "hard")).not.toBe(usual);
    expect(await spread("--weight", "judge=3")).toBeGreaterThan(usual);
    expect(await spread("--lambda", "5")).toBeLessThan(usual);
  });

  it("passes over a line cut short, warns of what is missing, and refuses damage and strangers", async () => {
    const simulator = await harbour.start({ judges: { judge: { malformed: { empty: 0.2 } } } });
    const journal = harbour.newJournal();
    await harbour.judge(harbour.judgesFile(simulator), journal);
    const path = `${folder.path}/${journal}`;
    const whole = readFileSync(path, "utf8");
    writeFileSync(path, whole.slice(0, -40));
    const torn = await harbour.fit("--journal", journal, "--out", "s.jsonl");
    expect(torn.code).toBe(0);
    expect(torn.stderr).toMatch(
      /warning: torn_line: .*line 96 was cut short.*\n.*comparisons_missing: \d+ comparisons lack/,
    );
    writeFileSync(path, whole.replace('"judge":"judge"', '"judge":""'));
    const damaged = await harbour.fit("--journal", journal, "--out", "s.jsonl");
    expect([damaged.code, damaged.stderr]).toEqual([
      1,
      expect.stringMatching(/INVALID_JOURNAL: .*line 1 is no judgment: judge is ""/),
    ]);
    writeFileSync(path, whole);
    const stranger = await harbour.fit("--journal", journal, "--out", "s.jsonl", "--weight", "x=2");
    expect([stranger.code, stranger.stderr]).toEqual([2, expect.stringContaining("the judges are judge")]);
  });

  it.each<[readonly string[], number, RegExp]>([
    [["--out", "s.jsonl"], 2, /--journal is missing/],
    [["--journal", "j.jsonl"], 2, /--out is missing/],
    [["--journal", "none.jsonl", "--out", "s.jsonl"], 1, /FILE_NOT_FOUND/],
    [["--journal", "empty.jsonl", "--out", "s.jsonl"], 1, /EMPTY_FILE/],
    [["--journal", "empty.jsonl", "--out", "s.jsonl", "--weight", "x"], 2, /must be JUDGE=X/],
    [["--journal", "empty.jsonl", "--out", "no/folder/s.jsonl"], 1, /WRITE_FAILED/],
    [["--journal", "empty.jsonl", "--out", "./empty.jsonl"], 2, /is also --journal and would be overwritten/],
    [["--journal", "empty.jsonl", "--out", "link.jsonl"], 2, /is also --journal and would be overwritten/],
  ])("refuses %j", async (argv, code, message) => {
    folder.write("empty.jsonl", "");
    if (!existsSync(`${folder.path}/link.jsonl`)) symlinkSync("empty.jsonl", `${folder.path}/link.jsonl`);
    const outcome = await harbour.fit(...argv);
    expect([outcome.code, outcome.stderr]).toEqual([code, expect.stringMatching(message)]);
  });
});
