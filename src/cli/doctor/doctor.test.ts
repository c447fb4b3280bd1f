import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../testing/run-cli.js";

const COLLECTION = join(import.meta.dirname, "../../../examples/help-centre");
const TINY = join(import.meta.dirname, "../../../goldens/models/bert-1label");

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "doctor-"));
});
afterEach(() => rmSync(cwd, { recursive: true }));
const doctor = (...argv: string[]) =>
  runCli(["doctor", ...argv], { cwd, env: { RANKWRIGHT_CACHE: join(cwd, "cache") } });

describe("rankwright doctor", () => {
  it("examines the built-in model, within 80 columns", async () => {
    const { code, stdout } = await doctor("--collection", COLLECTION);
    expect(code).toBe(0);
    expect(stdout).toMatch(/✓ Does re-ranking help\?/);
    expect(stdout).toMatch(/[✗!] Does the first stage find what is relevant\?/);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("looks up the tokens of a model with a vocabulary, and what it cuts", async () => {
    const { stdout } = await doctor("--collection", COLLECTION, "--model", TINY, "--json");
    const findings = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const of = (check: string) => findings.find((finding) => finding.check === check);
    expect(of("domain-shift").verdict).not.toBe("unknown");
    expect(of("truncation").verdict).not.toBe("unknown");
    // Random weights.
    expect(of("gain").verdict).toBe("problem");
  });

  it("examines rerankers that are no model with a vocabulary", async () => {
    writeFileSync(
      join(cwd, "cascade.json"),
      JSON.stringify({ cascade: [{ model: "rankwright/lexical", keep: 4 }, "built-in"] }),
    );
    for (const model of ["rankwright/lexical", "cascade.json"]) {
      const { code, stdout } = await doctor("--collection", COLLECTION, "--model", model, "--json");
      expect([model, code]).toEqual([model, 0]);
      expect(stdout).not.toContain("The check failed");
    }
  });

  it("says what it can without judgments", async () => {
    const bare = join(cwd, "bare");
    cpSync(COLLECTION, bare, { recursive: true });
    rmSync(join(bare, "qrels"), { recursive: true });
    const { code, stdout } = await doctor("--collection", bare, "--json");
    expect(code).toBe(0);
    const verdicts = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
      .map(({ check, verdict }) => [check, verdict]);
    expect(Object.fromEntries(verdicts)).toMatchObject({ gain: "unknown", latency: "ok", duplicates: "ok" });
  });

  it("looks at judged queries only, wherever the first stage comes from", async () => {
    await runCli(["evaluate", "--collection", COLLECTION, "--save-run", "run.trec"], { cwd });
    const some = join(cwd, "some");
    cpSync(COLLECTION, some, { recursive: true });
    const lines = readFileSync(join(some, "qrels/test.tsv"), "utf8").split("\n");
    const kept = lines.filter((line) => /^(query-id|q1\t|q2\t)/.test(line));
    writeFileSync(join(some, "qrels/test.tsv"), `${kept.join("\n")}\nghost\twinter\t1\n`);
    for (const argv of [[], ["--run", "run.trec"]]) {
      const { stdout } = await doctor("--collection", some, "--json", ...argv);
      const gain = JSON.parse(stdout.split("\n")[0] as string);
      expect(gain.figures.queries).toBe(2);
    }
  });

  it("knows the built-in model by name, and budgets and references", async () => {
    await runCli(["evaluate", "--collection", COLLECTION, "--save-run", "run.trec"], { cwd });
    const argv = ["--model", "built-in", "--latency-budget", "10000", "--reference", "run.trec", "--json"];
    const { code, stdout } = await doctor("--collection", COLLECTION, ...argv);
    expect(code).toBe(0);
    const findings = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const of = (check: string) => findings.find((finding) => finding.check === check);
    expect(of("domain-shift").verdict).not.toBe("unknown");
    expect(of("latency").verdict).toBe("ok");
  });

  it("writes a page", async () => {
    await doctor("--collection", COLLECTION, "--report", "doctor.html");
    const html = readFileSync(join(cwd, "doctor.html"), "utf8");
    expect(html).toContain("Does re-ranking help?");
    expect(html).not.toMatch(/<script|NaN|undefined/);
  });
});
