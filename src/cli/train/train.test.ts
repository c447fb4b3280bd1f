import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../testing/run-cli.js";

const MODEL = join(import.meta.dirname, "../../../goldens/models/bert-1label");

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "train-"));
  const line = (i: number) =>
    JSON.stringify({ query: `a ${i}`, positive: "the a of", negative: ["of a in", "in a of"] });
  writeFileSync(join(cwd, "data.jsonl"), Array.from({ length: 40 }, (_, i) => `${line(i)}\n`).join(""));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const train = (...argv: string[]) => runCli(["train", "--threads", "1", ...argv], { cwd });
const START = ["--model", MODEL, "--data", "data.jsonl", "--out", "mine"];

describe("rankwright train", () => {
  it("trains, validates on what it holds out, and writes a model that ranks", async () => {
    const { code, stdout, stderr } = await train(
      ...[...START, "--hold-out", "0.2", "--learning-rate", "0.01", "--epochs", "4", "--batch-examples", "4"],
      ...["--validate-every", "10"],
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^step +loss +gradient +rate +nDCG@10$/m);
    expect(stdout).toMatch(/mine holds the weights of step \d+ \(nDCG@10 1\.0000\)/);
    expect(readdirSync(join(cwd, "mine")).sort()).toEqual([
      "checkpoints",
      "config.json",
      "model.safetensors",
      "tokenizer.json",
      "tokenizer_config.json",
    ]);
    const ranked = await runCli(["rank", "--query", "a 3", "--model", join(cwd, "mine"), "--json"], {
      cwd,
      stdin: "of a in\nthe a of\n",
    });
    expect(JSON.parse(ranked.stdout.split("\n")[0] as string).index).toBe(1);
  });

  it("gives programs the whole curve", async () => {
    const { stdout } = await train(...START, "--max-steps", "3", "--batch-examples", "4", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ steps: 3, ended: "steps", seen: { examples: 12, pairs: 36 } });
  });

  it.each([
    [["--data", "d", "--out", "o"], "--model is missing", 2],
    [["--model", "m", "--out", "o"], "--data is missing", 2],
    [["--model", "m", "--data", "d"], "--out is missing", 2],
    [[...START, "--loss", "lcee"], "did you mean lce?", 2],
    [["--model", MODEL, "--data", "none.jsonl", "--out", "o"], "none.jsonl", 1],
    [["--model", MODEL, "--data", "bad.jsonl", "--out", "o"], "bad.jsonl", 1],
  ])("refuses %j", async (argv, message, exit) => {
    writeFileSync(join(cwd, "bad.jsonl"), '{"query": "a", "label": 1}\n');
    const { code, stdout, stderr } = await train(...argv);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([exit, ""]);
  });

  it("skips what it is allowed to skip, and says so", async () => {
    const good = '{"query": "b", "positive": "the", "negative": "of"}';
    writeFileSync(join(cwd, "bad.jsonl"), `{"query": "a", "label": 1}\n${good}\n`);
    const { code, stderr } = await train(
      ...START,
      "--data",
      "bad.jsonl",
      "--skip-invalid",
      "1",
      "--max-steps",
      "1",
    );
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    expect(stderr).toMatch(/warning: skipped: .*bad\.jsonl/);
  });
});
