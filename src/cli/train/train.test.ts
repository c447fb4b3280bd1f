import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCheckpoint, writeSafetensors } from "../../models/safetensors/index.js";
import { displayWidth } from "../terminal/display-text.js";
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
const SCRATCH = ["--architecture", "tiny.json", "--data", "data.jsonl", "--out", "mine"];
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
      "README.md",
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

  it("writes a model card and a report that say what was trained on, without anybody's folders", async () => {
    const argv = [
      ...START,
      "--max-steps",
      "3",
      "--hold-out",
      "0.2",
      "--report",
      "t.html",
      "--license",
      "mit",
    ];
    expect(await train(...argv, "--layer-decay", "0.9", "--dropout", "0.1")).toMatchObject({
      code: 0,
      stderr: "",
    });
    const [card, page] = ["mine/README.md", "t.html"].map((file) => readFileSync(join(cwd, file), "utf8"));
    for (const text of [card, page]) {
      expect(text).toMatch(/data\.jsonl \(\d+ examples\)/);
      expect(text).toContain("lce");
      expect(text).toContain("Dropout");
      expect(text).not.toContain(cwd);
    }
    expect(card).toContain('license: "mit"');
    expect(page).toMatch(/<section id="loss">[\s\S]*<path class="line"/);
  });

  it("leaves a README.md that a person wrote, and says so", async () => {
    mkdirSync(join(cwd, "mine"));
    writeFileSync(join(cwd, "mine/README.md"), "# mine\n");
    const { code, stderr } = await train(...START, "--max-steps", "1");
    expect([code, stderr]).toEqual([0, expect.stringContaining("mine/README.md is not of this program")]);
    expect(readFileSync(join(cwd, "mine/README.md"), "utf8")).toBe("# mine\n");
  });

  it.each([
    ["bert", []],
    ["electra", ["embedding_size"]],
    ["roberta", ["type_vocab_size"]],
    ["rankwright", []],
  ])("trains a %s from scratch, with a vocabulary of the data", async (family, ones) => {
    const sizes = {
      ...{ hidden_size: 16, num_hidden_layers: 2, num_attention_heads: 2, intermediate_size: 32 },
      ...{ max_position_embeddings: 32, initializer_range: 0.1 },
    };
    const odd = { embedding_size: 8, type_vocab_size: 1 };
    const more = Object.fromEntries(Object.entries(odd).filter(([key]) => ones.includes(key as never)));
    writeFileSync(join(cwd, "tiny.json"), JSON.stringify({ model_type: family, ...sizes, ...more }));
    const { code, stdout, stderr } = await train(
      ...["--architecture", "tiny.json", "--vocabulary-size", "60", "--data", "data.jsonl", "--out", "mine"],
      ...["--hold-out", "0.2", "--learning-rate", "0.01", "--epochs", "8", "--batch-examples", "4"],
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/mine holds the weights of step \d+ \(nDCG@10 1\.0000\)/);
    const config = JSON.parse(readFileSync(join(cwd, "mine/config.json"), "utf8"));
    expect(config).toMatchObject({ model_type: family, id2label: { 0: "relevance" }, pad_token_id: 0 });
    expect(readFileSync(join(cwd, "mine/README.md"), "utf8")).toContain(
      "trained from scratch (the architecture is that of `tiny.json`)",
    );
    const ranked = await runCli(["rank", "--query", "a 3", "--model", join(cwd, "mine"), "--json"], {
      ...{ cwd, stdin: "of a in\nthe a of\n" },
    });
    expect(JSON.parse(ranked.stdout.split("\n")[0] as string).index).toBe(1);
  });

  it("stores float16 when told to, with a model that ranks", async () => {
    expect(await train(...START, "--max-steps", "2", "--dtype", "float16")).toMatchObject({ code: 0 });
    const checkpoint = await openCheckpoint(join(cwd, "mine"));
    const dtypes = checkpoint.names().map((name) => checkpoint.info(name).dtype);
    await checkpoint.close();
    expect(new Set(dtypes)).toEqual(new Set(["F16"]));
    expect(readFileSync(join(cwd, "mine/README.md"), "utf8")).toContain("| Weights stored as | F16 |");
  });

  it("approves int8 that ranks as float32 does, and refuses int8 that does not", async () => {
    const documents = ["the a of", "of a in", "in a of the", "to and", "a a a a", "and to the in"];
    const lists = [0, 1, 2, 3, 4, 5].map((i) =>
      JSON.stringify({ query: `a ${i}`, documents, labels: documents.map((_, d) => (d === i ? 1 : 0)) }),
    );
    writeFileSync(join(cwd, "held-out.jsonl"), lists.join("\n"));
    const gate = [
      "--validation",
      "held-out.jsonl",
      "--max-steps",
      "1",
      "--learning-rate",
      "1e-6",
      "--int8-gate",
    ];
    const approved = await train(...START, ...gate);
    expect(approved).toMatchObject({ code: 0, stderr: "" });
    expect(approved.stdout).toMatch(/int8 may be used: Spearman \d\.\d{4}/);
    const record = join(cwd, "mine/int8_check.json");
    expect(JSON.parse(readFileSync(record, "utf8"))).toMatchObject({
      bounds: { spearman: 0.98, ndcgLoss: 0.005 },
    });

    const broken = await withOutlier();
    const refused = await train("--model", broken, "--data", "data.jsonl", "--out", "mine", ...gate);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /^rankwright: INT8_LOSS_TOO_LARGE: .*mean Spearman correlation is \S+, below 0\.98 .*; use float32\n$/,
    );
    expect(refused.stdout).toContain("int8 loses too much");
    expect(existsSync(record)).toBe(false);
    expect(readFileSync(join(cwd, "mine/README.md"), "utf8")).toContain("use float32, because");
  });

  /** The model with one feature that takes the whole range of a layer's 8 bits. */
  async function withOutlier(): Promise<string> {
    const folder = join(cwd, "broken");
    cpSync(MODEL, folder, { recursive: true });
    const checkpoint = await openCheckpoint(MODEL);
    const tensors = [];
    for (const name of checkpoint.names()) {
      const data = await checkpoint.read(name);
      if (name.endsWith("attention.output.LayerNorm.weight")) data[3] = 40;
      tensors.push({ name, shape: checkpoint.info(name).shape, data });
    }
    await checkpoint.close();
    await writeSafetensors(join(folder, "model.safetensors"), tensors);
    return folder;
  }

  it("says in one line what is wrong with labels, and with a vocabulary of another model", async () => {
    writeFileSync(join(cwd, "graded.jsonl"), '{"query": "a", "document": "the", "label": 3}\n');
    const labels = await train(
      ...["--model", MODEL, "--data", "graded.jsonl", "--out", "mine", "--loss", "bce"],
    );
    expect(labels).toMatchObject({ code: 1, stdout: "" });
    expect(labels.stderr).toMatch(/^rankwright: INVALID_TRAINING_DATA: .*graded\.jsonl.*line 1.*\n$/);

    cpSync(MODEL, join(cwd, "small"), { recursive: true });
    const config = JSON.parse(readFileSync(join(MODEL, "config.json"), "utf8"));
    writeFileSync(join(cwd, "small/config.json"), JSON.stringify({ ...config, vocab_size: 100 }));
    const vocabulary = await train("--model", "small", "--data", "data.jsonl", "--out", "mine");
    expect(vocabulary).toMatchObject({ code: 1, stdout: "" });
    expect(vocabulary.stderr).toMatch(
      /^rankwright: TOKENIZER_MISMATCH: .*tokenizer\.json has ids up to.*\n$/,
    );
    expect(existsSync(join(cwd, "mine"))).toBe(false);
  });

  it("tells on a terminal of 60 columns how far it is, in one line", async () => {
    const { stderr } = await runCli(["train", "--threads", "1", ...START, "--max-steps", "2"], {
      ...{ cwd, terminal: true, columns: 60 },
    });
    const lines = stderr.split(/\r|\x1b\[K/).filter((line) => line !== "");
    expect(lines.some((line) => /loss .* rate .* tok\/s/.test(line))).toBe(true);
    for (const line of lines) expect(displayWidth(line)).toBeLessThan(60);
  });

  it.each([
    [["--data", "d", "--out", "o"], "--model is missing", 2],
    [["--model", "m", "--out", "o"], "--data is missing", 2],
    [["--model", "m", "--data", "d"], "--out is missing", 2],
    [[...START, "--int8-gate"], "add --validation or --hold-out", 2],
    [[...START, "--architecture", "a"], "both say what to start from", 2],
    [[...START, "--tokenizer", "t"], "--tokenizer is about --architecture", 2],
    [[...SCRATCH, "--tokenizer", "t", "--vocabulary-size", "9"], "leave one out", 2],
    [SCRATCH, "tiny.json has no vocab_size", 2],
    [[...SCRATCH, "--tokenizer", "none"], "none does not exist", 1],
    [[...SCRATCH, "--vocabulary-size", "9"], "size is 9", 2],
    [[...START, "--report", "none/t.html"], "its folder does not exist", 1],
    [[...START, "--loss", "lcee"], "did you mean lce?", 2],
    [["--model", MODEL, "--data", "none.jsonl", "--out", "o"], "none.jsonl", 1],
    [["--model", MODEL, "--data", "bad.jsonl", "--out", "o"], "bad.jsonl", 1],
  ])("refuses %j", async (argv, message, exit) => {
    writeFileSync(join(cwd, "bad.jsonl"), '{"query": "a", "label": 1}\n');
    writeFileSync(join(cwd, "tiny.json"), '{"model_type": "bert"}');
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
