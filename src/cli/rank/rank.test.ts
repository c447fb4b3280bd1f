import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { RankwrightError } from "../../types/index.js";
import { type CliOptions, fakeModel, runCli } from "../testing/run-cli.js";

const cwd = mkdtempSync(join(tmpdir(), "rank-"));
afterAll(() => rmSync(cwd, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const DOCUMENTS = [
  '{"id":"a","text":"short"}',
  '{"id":2,"title":"T","text":"the longest text"}',
  '{"text":"in between"}',
].join("\n");
writeFileSync(join(cwd, "docs.jsonl"), DOCUMENTS);
const GOLDEN_MODEL = join(import.meta.dirname, "../../../goldens/models/bert-1label");

const rank = (args: readonly string[], options: CliOptions = {}) =>
  runCli(["rank", ...args], { cwd, load: fakeModel().load, ...options });

describe("rank", () => {
  it("prints one JSON object a line and nothing else with --json", async () => {
    const { code, stdout, stderr } = await rank(["--query", "q", "docs.jsonl", "--json"]);
    expect(stdout).toBe(
      '{"rank":1,"index":1,"id":"2","score":16,"text":"the longest text","title":"T"}\n' +
        '{"rank":2,"index":2,"score":10,"text":"in between"}\n' +
        '{"rank":3,"index":0,"id":"a","score":5,"text":"short"}\n',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("hands the first stage's scores on", async () => {
    const model = fakeModel();
    const stdin = '{"text":"a","score":3.5}\n{"text":"b"}\n';
    await rank(["--query", "q"], { stdin, load: model.load });
    expect(model.requests[0]?.documents).toEqual([{ text: "a", score: 3.5 }, { text: "b" }]);
  });

  it("takes a file that combines models", async () => {
    const spec = { cascade: [{ model: "built-in", keep: 2 }, "rankwright/lexical"] };
    writeFileSync(join(cwd, "spec.json"), `\uFEFF${JSON.stringify(spec)}`);
    const model = fakeModel();
    await rank(["--query", "q", "--model", "spec.json", "docs.jsonl"], { load: model.load });
    expect(model.loads[0]?.[0]).toEqual(spec);
    const real = await runCli(["rank", "--query", "longest", "--model", "spec.json", "docs.jsonl"], { cwd });
    expect(real.stdout).toContain(
      "cascade(rankwright/tiny-en (float32) keep 2, rankwright/lexical) · 5 pairs",
    );
  });

  it.each([
    ['{"cascade":[{"model":"a","keep":0},"b"]}', "wrong.json: cascade[0].keep is 0; give a whole number"],
    ['{"cascade":', "wrong.json is not JSON"],
  ])("says what is wrong with %s", async (text, message) => {
    writeFileSync(join(cwd, "wrong.json"), text);
    const { code, stderr } = await rank(["--query", "q", "--model", "wrong.json", "docs.jsonl"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`rankwright: WRONG_USAGE: ${message}`)]);
    const missing = await rank(["--query", "q", "--model", "none.json", "docs.jsonl"]);
    expect(missing.stderr).toContain("none.json cannot be read");
  });

  it("prints a table for people, from standard input, and warnings beside it", async () => {
    const { load } = fakeModel({ warnings: [{ code: "truncated", message: "1 of 2 did not fit" }] });
    const { code, stdout, stderr } = await rank(["--query", "q"], { stdin: "one\n\nthree\n", load });
    expect(stdout).toBe(
      [
        "rank  moved   logit  document",
        "   1    2→1  5.0000  three",
        "   2    1→2  3.0000  one",
        "",
        "fake (float32) · 2 pairs · 40 tokens · 12 ms",
        "",
      ].join("\n"),
    );
    expect(stderr).toBe("rankwright: warning: truncated: 1 of 2 did not fit\n");
    expect(code).toBe(0);
  });

  it("fits the terminal it is on and draws progress on standard error", async () => {
    const { stdout, stderr } = await rank(["--query", "q", "docs.jsonl"], {
      terminal: true,
      columns: 40,
      load: async (model, options) => {
        options.onProgress?.({ stage: "download", text: "model.safetensors", done: 1000, total: 4000 });
        options.onProgress?.({ stage: "load", text: "org/m" });
        return fakeModel().load(model, options);
      },
      env: { NO_COLOR: "1" },
    });
    expect(stdout.split("\n")[1]).toBe("   1    2→1  16.0000  T · the longest t…");
    expect(stderr).toBe("\rdownload 1 kB of 4 kB (25 %)\x1b[K\rload org/m\x1b[K\r\x1b[K");
  });

  it("hands every option to the loader or the request, and closes the model", async () => {
    const model = fakeModel();
    const args =
      "--query q docs.jsonl --model org/m --top-n 2 --precision int8 --threads 2 --max-tokens 64 --truncation error " +
      "--windows 32:8 --max-windows 4 --aggregate mean --batch-tokens 256 --scores probability --deadline-ms 50 " +
      "--revision v1 --offline --endpoint https://hub.example --cache-dir /c";
    expect((await rank(args.split(" "), { load: model.load })).code).toBe(0);
    const [id, options] = model.loads[0] ?? [];
    expect(id).toBe("org/m");
    expect(options).toMatchObject({
      precision: "int8",
      threads: 2,
      maxTokens: 64,
      truncation: "error",
      windows: { tokens: 32, overlap: 8, maxWindows: 4, aggregate: "mean" },
      batchTokens: 256,
      scores: "probability",
      revision: "v1",
      offline: true,
      endpoint: "https://hub.example",
      cacheDir: "/c",
    });
    expect(model.requests[0]).toMatchObject({ query: "q", topN: 2, deadlineMs: 50 });
    expect(model.closed()).toBe(1);
  });

  it("takes options from the environment and the config file", async () => {
    const model = fakeModel();
    writeFileSync(join(cwd, "my.json"), JSON.stringify({ model: "org/c", topN: 1, query: "from config" }));
    const env = { RANKWRIGHT_MODEL: "org/e", RANKWRIGHT_JSON: "true", RANKWRIGHT_CONFIG: "my.json" };
    const { stdout } = await rank(["docs.jsonl"], { load: model.load, env });
    expect(stdout.split("\n")).toHaveLength(2);
    expect([model.loads[0]?.[0], model.requests[0]?.query]).toEqual(["org/e", "from config"]);
  });

  it("ranks with the built-in model and with a real folder", async () => {
    vi.stubEnv("RANKWRIGHT_CACHE", cwd);
    const builtIn = await rank(["--query", "longest text", "docs.jsonl", "--json"], { load: undefined });
    expect(JSON.parse(builtIn.stdout.split("\n")[0] as string)).toMatchObject({ rank: 1, index: 1, id: "2" });
    const args = [
      "--query",
      "longest text",
      "docs.jsonl",
      "--json",
      "--model",
      GOLDEN_MODEL,
      "--threads",
      "1",
    ];
    const { code, stdout, stderr } = await rank(args, { load: undefined });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.trimEnd().split("\n")).toHaveLength(3);
  });
});

describe("rank, when something is wrong", () => {
  it.each([
    ["no query", ["docs.jsonl"], "WRONG_USAGE: --query is missing"],
    ["an empty query", ["--query", "", "docs.jsonl"], "EMPTY_QUERY: --query holds no text"],
    ["a blank query", ["--query", " \n", "docs.jsonl"], "EMPTY_QUERY: --query holds no text"],
    ["topN 0", ["--query", "q", "--top-n", "0", "docs.jsonl"], 'WRONG_USAGE: --top-n is "0"; it must be'],
    ["a negative topN", ["--query", "q", "--top-n", "-1"], 'WRONG_USAGE: --top-n is "-1"; it must be'],
    [
      "an unknown flag",
      ["--query", "q", "--topn", "1"],
      "unknown option '--topn' (Did you mean --top-n?); see rankwright rank --help",
    ],
    ["a flag without its value", ["--query"], "WRONG_USAGE: option '--query <TEXT>' argument missing"],
    ["two files", ["--query", "q", "a", "b"], "WRONG_USAGE: too many arguments for 'rank'"],
    ["an unknown precision", ["--query", "q", "--precision", "f16"], "it must be float32 or int8"],
    ["--aggregate alone", ["--query", "q", "--aggregate", "max"], "--aggregate does nothing without windows"],
  ])("ends with 2 after %s", async (_, args, message) => {
    const { code, stdout, stderr } = await rank(args);
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^rankwright: [A-Z_]+: .*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("asks for documents instead of waiting at a terminal", async () => {
    const { code, stderr } = await rank(["--query", "q"], { terminal: true });
    expect(code).toBe(2);
    expect(stderr).toContain("name a file, pipe them in, or give - to type them here");
    expect((await rank(["--query", "q", "-"], { terminal: true, stdin: "typed\n" })).stdout).toContain(
      "typed",
    );
  });

  it("ends with 1 when there are no documents, or they cannot be read, before loading anything", async () => {
    const model = fakeModel();
    const lines = [...Array(6).fill('{"text":"fine"}'), '{"text":"broken', '{"text":"fine"}'].join("\n");
    const stderrOf = async (stdin: string, args: readonly string[] = []) => {
      const { code, stdout, stderr } = await rank(["--query", "q", "--json", ...args], {
        stdin,
        load: model.load,
      });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      return stderr;
    };
    expect(await stderrOf("\n\n")).toBe(
      "rankwright: NO_DOCUMENTS: standard input holds no documents; write one a line\n",
    );
    expect(await stderrOf(lines)).toMatch(/^rankwright: INVALID_JSON: standard input, line 7, column 16: /);
    expect(await stderrOf("", ["missing.jsonl"])).toMatch(
      /^rankwright: FILE_NOT_FOUND: .*missing\.jsonl does not exist/,
    );
    expect(model.loads).toEqual([]);
  });

  it("ends with 1 for an unknown model folder and a broken model, which is closed", async () => {
    const unknown = await rank(["--query", "q", "--model", "./nope", "docs.jsonl"], { load: undefined });
    expect(unknown).toMatchObject({ code: 1, stdout: "" });
    expect(unknown.stderr).toMatch(
      /^rankwright: MODEL_NOT_FOUND: model "\.\/nope" is not an existing folder/,
    );

    const model = fakeModel();
    const load = async () => ({
      ...(await model.load(undefined, {})),
      rerank: () => Promise.reject(new RankwrightError("NON_FINITE_SCORE", "NaN")),
    });
    expect(await rank(["--query", "q", "docs.jsonl"], { load })).toMatchObject({
      code: 1,
      stderr: "rankwright: NON_FINITE_SCORE: NaN\n",
    });
    expect(model.closed()).toBe(1);
  });

  it("shows where a defect came from with --debug alone", async () => {
    const load = () => Promise.reject(new TypeError("x is not a function"));
    const plain = await rank(["--query", "q", "docs.jsonl"], { load });
    expect(plain.stderr).toBe(
      "rankwright: INTERNAL: x is not a function\n" +
        "rankwright: this is a defect; run it again with --debug and report what it prints\n",
    );
    expect((await rank(["--query", "q", "docs.jsonl", "--debug"], { load })).stderr).toContain(
      "rank.test.ts",
    );
  });

  it("ends quietly when nobody reads on, and with 1 when the disk is full", async () => {
    const failing = (code: string) =>
      rank(["--query", "q", "docs.jsonl", "--json"], {
        stdoutError: Object.assign(new Error(code), { code }),
      });
    expect(await failing("EPIPE")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(await failing("ENOSPC")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("DISK_FULL: no space left for standard output"),
    });
  });
});

describe("rank, interrupted", () => {
  it("ends with 130 while it waits for documents", async () => {
    const controller = new AbortController();
    const stdin = new PassThrough();
    stdin.write("first\n");
    const outcome = rank(["--query", "q"], { stdin, signal: controller.signal });
    setImmediate(() => controller.abort(new Error("SIGINT")));
    expect(await outcome).toEqual({ code: 130, stdout: "", stderr: "rankwright: ABORTED: interrupted\n" });
  });

  it("ends with 130 while a model loads, and does not wait for one that never answers", async () => {
    const controller = new AbortController();
    const load = () => {
      controller.abort();
      return new Promise<never>(() => {});
    };
    const outcome = await rank(["--query", "q", "docs.jsonl"], { load, signal: controller.signal });
    expect(outcome).toMatchObject({ code: 130, stdout: "" });
  });

  it("reads no further than the limit on documents", async () => {
    let lines = 0;
    async function* endless() {
      for (;;) {
        lines += 10_000;
        yield Buffer.from("x\n".repeat(10_000));
      }
    }
    const { code, stderr } = await rank(["--query", "q"], { stdin: Readable.from(endless()) });
    expect(code).toBe(1);
    expect(stderr).toMatch(/TOO_MANY_DOCUMENTS: standard input holds more than 100000 documents/);
    expect(lines).toBeLessThan(500_000);
  });
});
