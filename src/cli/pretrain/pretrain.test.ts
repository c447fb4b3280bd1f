import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TrainReport } from "../../train/index.js";
import { displayWidth } from "../terminal/display-text.js";
import { type CliOptions, runCli } from "../testing/run-cli.js";

const GOLDENS = join(import.meta.dirname, "../../../goldens/models");
const MODEL = join(GOLDENS, "bert-1label");
const ANIMALS = ["cat", "dog", "owl", "fox", "hen", "bee"];

/** A family's sizes alone. */
const TINY = {
  ...{ hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 32 },
  ...{ max_position_embeddings: 48 },
};

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "pretrain-cli-"));
  write(
    "texts.jsonl",
    Array.from({ length: 60 }, (_, i) => {
      const animal = ANIMALS[i % ANIMALS.length];
      return { text: `the ${animal} and the ${animal} go to the ${animal} of the ${animal} number ${i}` };
    }),
  );
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (file: string, lines: readonly unknown[]) =>
  writeFileSync(join(cwd, file), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
const read = (file: string) => readFileSync(join(cwd, file), "utf8");
const weights = (out: string) => readFileSync(join(cwd, out, "model.safetensors"));

const pretrain = (argv: readonly string[], more: CliOptions = {}) =>
  runCli(["pretrain", "--threads", "1", ...argv], { cwd, ...more });
const START = ["--model", MODEL, "--data", "texts.jsonl", "--max-tokens", "24", "--batch-examples", "6"];

describe("rankwright pretrain", () => {
  it("learns from texts, keeps the weights with the lowest held-out loss, and says what came of it", async () => {
    const { code, stdout, stderr } = await pretrain([
      ...[...START, "--out", "mine", "--hold-out", "0.2", "--epochs", "6", "--learning-rate", "0.01"],
      ...["--validate-every", "10", "--report", "p.html", "--license", "mit"],
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^step +loss +guessed +gradient +rate +held-out loss +guessed$/m);
    expect(stdout).toMatch(/\d+ updates, \d+ sequences, \d+ tokens/);
    expect(stdout).toMatch(/mine holds the weights of step \d+ \(held-out loss \d\.\d{4}\)/);
    expect(readdirSync(join(cwd, "mine")).sort()).toEqual([
      ...["README.md", "checkpoints", "config.json", "model.safetensors", "tokenizer.json"],
      "tokenizer_config.json",
    ]);
    for (const text of [read("mine/README.md"), read("p.html")]) {
      expect(text).toMatch(/texts\.jsonl \(\d+ examples\)/);
      expect(text).toContain("masked language modelling");
      expect(text).toContain("15 % of the tokens, whole words");
      expect(text).toContain("0.01, linear");
      expect(text).toContain("24 tokens");
      expect(text).not.toContain(cwd);
      expect(text).not.toContain("nDCG");
    }
    expect(read("mine/README.md")).toContain('license: "mit"');
    expect(read("p.html")).toMatch(/<section id="validation">[\s\S]*<section id="accuracy">/);
  });

  it("gives programs the whole curve, with accuracies", async () => {
    const argv = ["--out", "mine", "--validation", "texts.jsonl", "--max-steps", "3", "--json"];
    const { stdout } = await pretrain([...START, ...argv]);
    const report: TrainReport = JSON.parse(stdout);
    expect(report).toMatchObject({ steps: 3, ended: "steps", best: { step: 3 } });
    expect(report.curve[0]).toMatchObject({
      accuracy: expect.any(Number),
      validation: expect.any(Number),
      validationAccuracy: expect.any(Number),
    });
  });

  it("reads the texts of any training data, with their queries or without", async () => {
    const text = "the cat and the dog go to the owl of the fox";
    write("pairs.jsonl", [
      { query: "where does the cat go to", positive: text, negative: [`${text} again`] },
      { query: "where does the dog go to", document: { title: "dogs", text }, label: 1 },
      { title: "cats", text },
    ]);
    const tokens = async (...argv: string[]) => {
      const { stdout } = await pretrain([
        ...["--model", MODEL, "--data", "pairs.jsonl", "--out", "mine", "--json", ...argv],
      ]);
      return JSON.parse(stdout).seen;
    };
    const [paired, alone] = [await tokens(), await tokens("--no-pairs")];
    expect(paired).toMatchObject({ examples: 3, pairs: 4 });
    expect(alone).toMatchObject({ examples: 3, pairs: 4 });
    expect(paired.tokens).toBeGreaterThan(alone.tokens);
  });

  it("is interrupted by Ctrl-C and goes on to the same bits", async () => {
    const more = [
      ...["--epochs", "12", "--hold-out", "0.2", "--validate-every", "7", "--dropout", "0.1"],
      ...["--mask-share", "0.3", "--seed", "3", "--averaging", "0.9", "--json"],
    ];
    const whole = await pretrain([...START, ...more, "--out", "whole"]);
    const controller = new AbortController();
    const interrupted = pretrain([...START, ...more, "--out", "mine", "--checkpoint-every", "2"], {
      signal: controller.signal,
    });
    while (!existsSync(join(cwd, "mine/checkpoints/step-4"))) await setTimeout(1);
    controller.abort(new Error("interrupted"));
    expect(await interrupted).toEqual({
      ...{ code: 130, stdout: "", stderr: "rankwright: ABORTED: interrupted\n" },
    });
    expect(existsSync(join(cwd, "mine/model.safetensors"))).toBe(false);
    const resumed = await pretrain([...START, ...more, "--out", "mine", "--resume"]);
    const report = ({ stdout }: { readonly stdout: string }) => ({ ...JSON.parse(stdout), trainedMs: 0 });
    expect(report(resumed)).toEqual(report(whole));
    expect(weights("mine").equals(weights("whole"))).toBe(true);
  });

  it("tells on a terminal of 60 columns how far it is, in one line", async () => {
    const argv = [...START, "--out", "mine", "--max-steps", "2", "--hold-out", "0.2"];
    const { stderr } = await pretrain(argv, { terminal: true, columns: 60 });
    const lines = stderr.split(/\r|\x1b\[K/).filter((line) => line !== "");
    expect(lines.some((line) => /loss .* rate .* tok\/s/.test(line))).toBe(true);
    for (const line of lines) expect(displayWidth(line)).toBeLessThan(60);
  });

  it("says so where no text is long enough", async () => {
    write("short.jsonl", [{ text: "too short" }]);
    const { code, stderr } = await pretrain([
      ...["--model", MODEL, "--data", "short.jsonl", "--out", "mine"],
    ]);
    expect([code, stderr]).toEqual([0, expect.stringContaining("warning: every text has fewer than eight")]);
  });

  it.each([
    [["--data", "d", "--out", "o"], "--model is missing", 2],
    [["--model", "m", "--out", "o"], "--data is missing", 2],
    [["--model", "m", "--data", "d"], "--out is missing", 2],
    [[...START, "--out", "o", "--mask-share", "1"], "--mask-share is", 2],
    [[...START, "--out", "o", "--max-tokens", "8"], "--max-tokens is", 2],
    [[...START, "--out", "o", "--loss", "lce"], "unknown option '--loss'", 2],
    [[...START, "--out", "o", "--validation", "v", "--hold-out", "0.1"], "leave one out", 2],
    [["--model", MODEL, "--data", "bad.jsonl", "--out", "o"], "bad.jsonl", 1],
  ])("refuses %j", async (argv, message, exit) => {
    write("bad.jsonl", [{ query: "a" }]);
    const { code, stdout, stderr } = await pretrain(argv);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([exit, ""]);
  });
});

describe("rankwright pretrain --architecture", () => {
  const scratch = (model: string, ...more: string[]) =>
    pretrain([
      ...["--architecture", "tiny.json", "--data", "texts.jsonl", "--max-tokens", "24", "--out", model],
      ...["--batch-examples", "6", "--epochs", "4", "--learning-rate", "0.01", ...more],
    ]);

  it.each(["bert", "electra", "rankwright"])(
    "makes an encoder of the family %s that knows nothing but these texts, and train a re-ranker of it",
    async (family) => {
      writeFileSync(join(cwd, "tiny.json"), JSON.stringify({ model_type: family, ...TINY }));
      const { code, stdout, stderr } = await scratch("encoder", "--vocabulary-size", "120", "--json");
      expect([code, stderr]).toEqual([0, ""]);
      const { curve }: TrainReport = JSON.parse(stdout);
      // Guessing at random costs the logarithm of the vocabulary.
      const { vocab_size: pieces } = JSON.parse(read("encoder/config.json"));
      expect(curve.at(-1)?.loss).toBeLessThan(0.8 * Math.log(pieces));
      const card = read("encoder/README.md");
      expect(card).toContain("trained from scratch (the architecture is that of `tiny.json`)");
      expect(card).toContain(family === "rankwright" ? "feature-extraction" : "fill-mask");
      expect(card).toMatch(/layers of 16, [1-9][\d,]* parameters/);

      write(
        "pairs.jsonl",
        ANIMALS.map((animal, i) => ({
          query: `the ${animal}`,
          positive: `the ${animal} and the ${animal}`,
          negative: `the ${ANIMALS[(i + 1) % 6]} and the ${ANIMALS[(i + 2) % 6]}`,
        })),
      );
      const tuned = await runCli(
        ["train", "--threads", "1", "--model", "encoder", "--data", "pairs.jsonl", "--out", "mine"],
        { cwd },
      );
      expect(tuned.code).toBe(0);
      const ranked = await runCli(["rank", "--query", "the cat", "--model", join(cwd, "mine"), "--json"], {
        ...{ cwd, stdin: "the dog\nthe cat\n" },
      });
      expect(ranked.stdout.split("\n").filter(Boolean)).toHaveLength(2);
    },
  );

  it("takes a tokenizer instead, from a folder or a file, and resumes from the same beginning", async () => {
    writeFileSync(join(cwd, "tiny.json"), JSON.stringify({ model_type: "bert", ...TINY }));
    expect(await scratch("whole", "--tokenizer", MODEL)).toMatchObject({ code: 0, stderr: "" });
    const tokenizer = readFileSync(join(MODEL, "tokenizer.json"));
    expect(readFileSync(join(cwd, "whole/tokenizer.json")).equals(tokenizer)).toBe(true);
    expect(JSON.parse(read("whole/config.json"))).toMatchObject({
      ...{ architectures: ["BertForMaskedLM"], vocab_size: 183, pad_token_id: 0 },
    });
    const file = join(MODEL, "tokenizer.json");
    const controller = new AbortController();
    const argv = [
      ...["--architecture", "tiny.json", "--data", "texts.jsonl", "--max-tokens", "24", "--out", "mine"],
      ...["--batch-examples", "6", "--epochs", "4", "--learning-rate", "0.01", "--tokenizer", file],
    ];
    const interrupted = pretrain([...argv, "--checkpoint-every", "1"], { signal: controller.signal });
    while (!existsSync(join(cwd, "mine/checkpoints/step-3"))) await setTimeout(1);
    controller.abort(new Error("interrupted"));
    expect((await interrupted).code).toBe(130);
    writeFileSync(join(cwd, "wider.json"), JSON.stringify({ model_type: "bert", ...TINY, hidden_size: 32 }));
    const other = await pretrain([...argv, "--resume", "--architecture", "wider.json"]);
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("INVALID_CHECKPOINT") });
    expect(await pretrain([...argv, "--resume"])).toMatchObject({ code: 0, stderr: "" });
    expect(weights("mine").equals(weights("whole"))).toBe(true);
  });
});
