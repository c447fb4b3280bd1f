import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../testing/run-cli.js";
import { Harbour, INPUTS, KEY, TEXTS } from "./testing/harbour.js";

const harbour = new Harbour();
const { folder } = harbour;

/** 2 queries, 12 documents, 2 cycles, both orders. */
const CALLS = 2 * 24 * 2;

describe("rankwright judge", () => {
  it("asks all pairs in both orders, writes a journal, and tells what it cost", async () => {
    const simulator = await harbour.start();
    const journal = harbour.newJournal();
    const { code, stdout, stderr } = await harbour.judge(harbour.judgesFile(simulator), journal);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/^rankwright: 96 calls, about 0\.\d+, at most 0\.\d+\n$/),
    });
    expect(stdout).toMatch(/^judge +96 +0 /m);
    expect(stdout).toContain("96 questions answered, 0 known before\n");
    expect(stdout).toContain(`${journal} holds 96 answers, cost 0.0`);
    expect(simulator.counts()).toMatchObject({ answered: CALLS, distinct: CALLS, byKind: { prp: CALLS } });
    const lines = harbour.read(journal);
    expect(lines).toHaveLength(CALLS);
    const cost = lines.reduce((sum, line) => sum + line.cost, 0);
    const { promptTokens, completionTokens } = simulator.counts();
    expect(cost).toBeCloseTo((promptTokens + 4 * completionTokens) / 1e6, 12);
  });

  it("asks nothing twice, and more when more is wanted", async () => {
    const simulator = await harbour.start();
    const journal = harbour.newJournal();
    const judges = harbour.judgesFile(simulator);
    await harbour.judge(judges, journal);
    const again = await harbour.judge(judges, journal, ["--json"]);
    expect(again.code).toBe(0);
    expect(again.stderr).toBe("rankwright: all 96 questions are answered already\n");
    expect(JSON.parse(again.stdout)).toMatchObject({ total: 96, done: 96, known: 96, answers: 96 });
    expect(simulator.counts().answered).toBe(96);
    const more = await harbour.judge(judges, journal, ["--cross-pairs", "1", "--json"]);
    expect(JSON.parse(more.stdout)).toMatchObject({ done: 100, known: 96 });
    expect(simulator.counts()).toMatchObject({ answered: 100, distinct: 100 });
    expect(harbour.read(journal).at(-1).query).toHaveLength(2);
  });

  it("says before what it would take, and asks nothing with --dry-run, key or no key", async () => {
    const simulator = await harbour.start();
    const judges = harbour.judgesFile(
      simulator,
      {},
      { id: "scores", prompt: "zelo", price: undefined, model: "other" },
    );
    const journal = harbour.newJournal();
    const { code, stdout, stderr } = await harbour.judge(judges, journal, ["--dry-run"], { env: {} });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^judge +96 +0 +[\d.]+ k +384 +0\.\d+ +0\.\d+$/m);
    expect(stdout).toMatch(/^scores +96 .* unknown +unknown$/m);
    expect(stdout).toMatch(/^all +192 /m);
    expect(stdout).toContain("The cost is unknown where a judge has no price.");
    expect(simulator.counts().requests).toBe(0);
    expect(existsSync(`${folder.path}/${journal}`)).toBe(false);
    const { stdout: json } = await harbour.judge(judges, journal, ["--dry-run", "--json"], { env: {} });
    expect(JSON.parse(json)).toMatchObject({
      judges: [{ judge: "judge", calls: 96, known: 0 }, {}],
      total: { calls: 192 },
    });
  });

  it("stops before the budget is spent, with what an earlier run has spent", async () => {
    const simulator = await harbour.start();
    const judges = harbour.judgesFile(simulator);
    const journal = harbour.newJournal();
    const budget = ["--budget", "0.003", "--json"];
    const first = await harbour.judge(judges, journal, budget);
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(
      /BUDGET_EXCEEDED: the budget of 0.003 ended judging after \d+ of 96 questions; raise --budget/,
    );
    const summary = JSON.parse(first.stdout);
    expect(summary).toMatchObject({ stopped: "budget", answers: simulator.counts().answered });
    expect(summary.totals.all.cost).toBeLessThanOrEqual(0.003);
    expect(summary.totals.all.cost).toBeGreaterThan(0.0015);
    const second = await harbour.judge(judges, journal, budget);
    expect(second.code).toBe(1);
    expect(JSON.parse(second.stdout).totals.all.cost).toBeLessThanOrEqual(0.003);
    const third = await harbour.judge(judges, journal, ["--budget", "0.1", "--json"]);
    expect(third.code).toBe(0);
    expect(simulator.counts()).toMatchObject({ answered: 96, distinct: 96 });
    const none = await harbour.judge(judges, harbour.newJournal(), ["--budget", "0"]);
    expect([none.code, simulator.counts().answered]).toEqual([1, 96]);
    expect(none.stderr).toContain("BUDGET_EXCEEDED");
  });

  it("waits for answers under way when it is interrupted, and goes on later", async () => {
    const simulator = await harbour.start({ latencyMs: 15 });
    const judges = harbour.judgesFile(simulator);
    const journal = harbour.newJournal();
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error("interrupted")), 150);
    const { code, stderr } = await harbour.judge(judges, journal, [], { signal: controller.signal });
    expect(code).toBe(130);
    expect(stderr).toMatch(/waiting for answers under way.*\nrankwright: ABORTED: interrupted\n$/);
    const kept = harbour.read(journal).length;
    expect(kept).toBe(simulator.counts().answered);
    expect(kept).toBeLessThan(96);
    expect((await harbour.judge(judges, journal)).code).toBe(0);
    expect(simulator.counts()).toMatchObject({ answered: 96, distinct: 96 });
    expect(existsSync(`${folder.path}/${journal}.lock`)).toBe(false);
  });

  it("survives refusals, rate limits, errors and dropped connections", async () => {
    const simulator = await harbour.start({
      judges: { judge: { malformed: { refusal: 0.1, prose: 0.1, truncation: 0.05 } } },
      faults: { "rate-limit": 0.05, "server-error": 0.05, drop: 0.03, "not-json": 0.02 },
    });
    const journal = harbour.newJournal();
    const judges = harbour.judgesFile(simulator, { retries: 4 });
    let { code } = await harbour.judge(judges, journal);
    for (let i = 0; i < 3 && code === 1; i++) ({ code } = await harbour.judge(judges, journal));
    expect(code).toBe(0);
    const lines = harbour.read(journal);
    expect(lines).toHaveLength(96);
    expect(new Set(lines.map(({ failure }) => failure))).toContain("refused");
    expect(simulator.counts()).toMatchObject({ answered: 96, distinct: 96 });
  });

  it("ends with the server's words where nothing can be mended, and never with the key", async () => {
    const simulator = await harbour.start();
    for (const [options, expected] of [
      [{ env: { JUDGE_KEY: "sk-wrong-key-0123" } }, /REMOTE_UNAUTHORIZED/],
      [{ env: {} }, /WRONG_USAGE: judge "judge" wants its key in JUDGE_KEY, which is not set/],
    ] as const) {
      const { code, stderr } = await harbour.judge(
        harbour.judgesFile(simulator),
        harbour.newJournal(),
        ["--debug"],
        options,
      );
      expect(code).toBeGreaterThan(0);
      expect(stderr).toMatch(expected);
      expect(stderr).not.toContain("wrong-key");
    }
    const unknown = await harbour.judge(
      harbour.judgesFile(simulator, { model: "gpt-9" }),
      harbour.newJournal(),
    );
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringMatching(/REMOTE_NOT_FOUND/)]);
  });

  it("gives up a server that is down, and says how to go on", async () => {
    const simulator = await harbour.start({ faults: { "server-error": 1 } });
    const journal = harbour.newJournal();
    const { code, stderr } = await harbour.judge(harbour.judgesFile(simulator, { retries: 0 }), journal);
    expect(code).toBe(1);
    // At once, and once.
    expect(stderr.match(/^rankwright: judge judge failed, going on: .*500/gm)).toHaveLength(1);
    expect(stderr).toMatch(
      /REMOTE_UNAVAILABLE: judge judge failed ten times in a row and was given up .* to go on/,
    );
    expect(simulator.counts().requests).toBeLessThan(25);
  });

  it("passes over questions that fit no context, and judges the rest", async () => {
    const simulator = await harbour.start();
    const { code, stderr, stdout } = await harbour.judge(
      harbour.judgesFile(simulator, { contextTokens: 40 }),
      harbour.newJournal(),
      ["--json"],
    );
    expect(code).toBe(0);
    expect(stderr).toContain("warning: comparisons_missing: 96 questions do not fit");
    expect(JSON.parse(stdout)).toMatchObject({ failed: 96, failures: { CONTEXT_EXCEEDED: 96 } });
  });

  it("takes candidates from BM25, and documents that read the same once", async () => {
    const simulator = await harbour.start();
    const journal = harbour.newJournal();
    folder.write(
      "twice.jsonl",
      `${readFileSync(`${folder.path}/corpus.jsonl`, "utf8")}${JSON.stringify({ _id: "copy", text: TEXTS[3] })}\n`,
    );
    const argv = [
      "judge",
      "--queries",
      "queries.jsonl",
      "--corpus",
      "twice.jsonl",
      "--judges",
      harbour.judgesFile(simulator),
      "--out",
      journal,
    ];
    const { code } = await runCli([...argv, "--pairs-per-query", "12"], {
      cwd: folder.path,
      env: { JUDGE_KEY: KEY },
    });
    expect(code).toBe(0);
    const lines = harbour.read(journal);
    expect(lines.filter((line) => "duplicate" in line)).toEqual([
      expect.objectContaining({ query: "q1" }),
      expect.objectContaining({ query: "q2" }),
    ]);
    expect(lines).toHaveLength(2 + 2 * 12 * 2);
  });

  it("lets one process at a time write a journal", async () => {
    const simulator = await harbour.start({ latencyMs: 20 });
    const [judges, journal] = [harbour.judgesFile(simulator), harbour.newJournal()];
    const outcomes = await Promise.all([harbour.judge(judges, journal), harbour.judge(judges, journal)]);
    expect(outcomes.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(outcomes.find(({ code }) => code === 1)?.stderr).toMatch(/JOURNAL_LOCKED/);
    expect(simulator.counts().answered).toBe(96);
  });

  it.each<[string, readonly string[], RegExp]>([
    ["no documents", ["judge"], /--collection, or a --corpus/],
    ["no queries", ["judge", "--corpus", "corpus.jsonl"], /--queries is missing/],
    ["both", ["judge", ...INPUTS, "--collection", "x"], /leave one out/],
    ["no judges", ["judge", ...INPUTS], /--judges is missing/],
    ["no journal", ["judge", ...INPUTS, "--judges", "x.json"], /--out is missing/],
    ["odd degree", ["judge", ...INPUTS, "--degree", "3"], /must be an even number/],
    [
      "two sizes",
      ["judge", ...INPUTS, "--judges", "x", "--out", "y", "--degree", "4", "--pairs-per-query", "9"],
      /leave one out/,
    ],
    [
      "a file that is not there",
      ["judge", ...INPUTS, "--judges", "x.json", "--out", "y"],
      /x.json: it cannot be read/,
    ],
  ])("refuses %s", async (_, argv, message) => {
    const { code, stderr } = await runCli(argv, { cwd: folder.path });
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it.each<[unknown, RegExp]>([
    [[], /the file: give a list of at least one judge/],
    [{}, /judges: give a list of at least one judge/],
    [{ judges: [], x: 1 }, /judges: give a list/],
    [{ judges: [{ model: "m" }], x: 1 }, /Unrecognized key: "x"/],
    [[{ id: "x" }], /\[0\].model: give the name of a model/],
    [[{ model: "m", apiKey: "sk-very-secret" }], /apiKey.*environment: name its variable as apiKeyEnv/],
    [
      [{ model: "m", apiKeyEnv: "sk-very-secret" }],
      /\[0\].apiKeyEnv: must be the name of an environment variable/,
    ],
    [[{ model: "m", price: { input: -1 } }], /\[0\].price.input: give a number of at least 0/],
    [[{ model: "m" }, { model: "m" }], /two judges are called "m"/],
    [
      [
        { model: "m", price: { input: 1, output: 1 } },
        { id: "n", model: "m", price: { input: 2, output: 1 } },
      ],
      /different prices/,
    ],
    [
      [{ model: "m", prompt: "rankgpt" }],
      /WRONG_USAGE: judge "m": The prompt "rankgpt" is of kind "listwise"/,
    ],
    [[{ model: "m" }, { id: "free", model: "free" }], /--budget can only be kept/],
    [[{ model: "m", apiKeyEnv: "NOT_SET" }], /wants its key in NOT_SET, which is not set; set it/],
    ["text", /not JSON/],
    [42, /the file: give a list of at least one judge/],
  ])("refuses the judges %j", async (judges, message) => {
    const path = folder.write(
      harbour.newName("judges", "json"),
      judges === "text" ? "{" : JSON.stringify(judges),
    );
    const journal = harbour.newJournal();
    const { code, stderr } = await harbour.judge(
      path,
      journal,
      /budget/.test(message.source) ? ["--budget", "1"] : [],
    );
    expect(existsSync(resolve(folder.path, journal))).toBe(false);
    expect([code, stderr]).toEqual([expect.any(Number), expect.stringMatching(message)]);
    expect(code).toBeGreaterThan(0);
    expect(stderr).not.toContain("very-secret");
  });
});
