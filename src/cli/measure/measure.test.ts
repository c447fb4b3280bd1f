import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../testing/run-cli.js";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "measure-"));
  writeFileSync(join(cwd, "qrels.txt"), "q1 0 a 2\nq1 0 b 0\nq2 0 c 1\nq3 0 d 1\n");
  writeFileSync(
    join(cwd, "one.trec"),
    "q1 Q0 b 1 2.5 one\nq1 Q0 a 2 2.5 one\nq2 Q0 x 1 1 one\nq2 Q0 c 2 0.5 one\nq9 Q0 z 1 1 one\n",
  );
  writeFileSync(join(cwd, "two.trec"), "q1 Q0 a 1 3 two\nq2 Q0 c 1 2 two\nq3 Q0 d 1 1 two\n");
});
afterEach(() => rmSync(cwd, { recursive: true }));
const measure = (...argv: string[]) => runCli(["measure", "--qrels", "qrels.txt", ...argv], { cwd });

describe("rankwright measure", () => {
  it("prints the digits of trec_eval, ties by document id, judged queries without results as 0", async () => {
    const { code, stdout, stderr } = await measure("--run", "one.trec", "--measures", "RR,nDCG@10,P@1");
    expect(code).toBe(0);
    expect(stdout).toBe("run      RR  nDCG@10     P@1\none  0.3333   0.4206  0.0000\n");
    expect(stderr).toContain(
      'warning: unanswered_queries: one: query "q3" has judgments but no results: counted as 0',
    );
    expect(stderr).toContain(
      'warning: unjudged_queries: one: query "q9" has results but no judgments: left out',
    );
  });

  it("compares several runs with the first", async () => {
    const { stdout } = await measure("--run", "one.trec", "--run", "two.trec", "--measures", "RR");
    expect(stdout).toContain("two  1.0000");
    expect(stdout).toMatch(/RR against one, 3 queries/);
    expect(stdout).toMatch(/two\s+\+0\.6667\s+\+0\.5000 … \+1\.0000\s+\.250\s+3\/0\/0/);
  });

  it("takes measures as trec_eval names them, and its averaging", async () => {
    const { stdout } = await measure("--run", "one.trec", "--measures", "recip_rank", "--topics", "common");
    expect(stdout).toBe("run      RR\none  0.5000\n");
  });

  it("prints the queries one by one", async () => {
    const { stdout } = await measure("--run", "one.trec", "--measures", "RR", "--per-query");
    expect(stdout).toBe("one\nquery      RR\nq1     0.5000\nq2     0.5000\nq3     0.0000\nall    0.3333\n");
  });

  it("averages over tied orders when asked", async () => {
    const { stdout } = await measure("--run", "one.trec", "--measures", "RR", "--ties", "expected", "--json");
    expect(JSON.parse(stdout).measures.RR).toBeCloseTo((0.75 + 0.5) / 3, 12);
  });

  it("gives programs doubles, one object a run", async () => {
    const { stdout } = await measure(
      "--run",
      "one.trec",
      "--run",
      "two.trec",
      "--measures",
      "RR",
      "--per-query",
      "--json",
    );
    const [one, two] = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(one).toEqual({
      run: "one",
      topics: 3,
      measures: { RR: 1 / 3 },
      queries: { q1: { RR: 0.5 }, q2: { RR: 0.5 }, q3: { RR: 0 } },
    });
    expect(two.against).toMatchObject({ run: "one", measure: "RR", wins: 3, ties: 0, losses: 0 });
  });

  it("calls runs of the same name by their files", async () => {
    const { stdout } = await measure("--run", "two.trec", "--run", "two.trec", "--measures", "RR");
    expect(stdout).toMatch(/^two {7}1\.0000$/m);
    expect(stdout).toMatch(/^two\.trec {2}1\.0000$/m);
  });

  it("does not compare runs over different queries", async () => {
    writeFileSync(join(cwd, "part.trec"), "q1 Q0 a 1 3 part\n");
    const argv = ["--run", "one.trec", "--run", "part.trec", "--measures", "RR", "--topics", "common"];
    const { stdout, stderr } = await measure(...argv);
    expect(stdout).not.toContain("against");
    expect(stderr).toContain("warning: different_queries: the runs answer different queries");
    expect((await measure(...argv, "--json")).stdout).not.toContain("against");
  });

  it("compares by the first measure that is a mean over queries", async () => {
    const { stdout } = await measure(
      "--run",
      "one.trec",
      "--run",
      "two.trec",
      "--measures",
      "NumRet,gm_map,RR",
    );
    expect(stdout).toContain("RR against one");
    expect(
      (await measure("--run", "one.trec", "--run", "two.trec", "--measures", "NumRet")).stdout,
    ).not.toContain("against");
  });

  it("lets no escape sequence of a file through", async () => {
    writeFileSync(join(cwd, "red.trec"), "q1 Q0 a 1 3 \x1b[31mred\n");
    for (const argv of [[], ["--per-query"], ["--run", "one.trec"]]) {
      const { stdout, stderr } = await measure("--run", "red.trec", ...argv);
      expect(stdout + stderr).not.toContain("\x1b");
    }
  });

  it.each([
    [["--measures", "nDGC@10", "--run", "one.trec"], 2, 'there is no measure "nDGC@10"; did you mean nDCG?'],
    [["--measures", "nDCG@0", "--run", "one.trec"], 2, "cutoff"],
    [["--measures", "RR"], 2, "--run is missing"],
    [["--run", "none.trec"], 1, "FILE_NOT_FOUND"],
    [["--run", "bad.trec"], 1, "bad.trec, line 2"],
    [["--run", "other.trec"], 1, "NO_COMMON_QUERIES"],
  ])("refuses %j", async (argv, exit, message) => {
    writeFileSync(join(cwd, "bad.trec"), "q1 Q0 a 1 3 bad\nq1 Q0 b 2 NaN bad\n");
    writeFileSync(join(cwd, "other.trec"), "x1 Q0 a 1 3 other\n");
    const { code, stdout, stderr } = await measure(...argv);
    expect([code, stdout]).toEqual([exit, ""]);
    expect(stderr).toContain(message);
  });
});
