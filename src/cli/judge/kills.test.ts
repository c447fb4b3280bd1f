import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { Judgment } from "../../llm/journal/index.js";
import { Random } from "../../numbers/random.js";
import { startJudgeSimulator } from "../../testing/index.js";
import { compileCli } from "../testing/compile-cli.js";
import { Harbour, hiddenScore, INPUTS, KEY, QUERIES, TEXTS } from "./testing/harbour.js";

/** A handful; RANKWRIGHT_KILLS=200 takes some minutes. */
const KILLS = Number(process.env.RANKWRIGHT_KILLS ?? 8);
const CONCURRENCY = 4;
/** Questions that are answered between two kills, on average. */
const PACE = 10;

/** Of each of two queries; each is asked by two judges in both orders. */
const PAIRS = Math.ceil((1.2 * KILLS * PACE) / 8);
const DOCUMENTS = Math.ceil(Math.sqrt(2 * PAIRS)) + 2;

const run = promisify(execFile);
const harbour = new Harbour(DOCUMENTS);
const { folder } = harbour;
const program = compileCli(folder.path);
const journal = join(folder.path, "journal.jsonl");
const random = new Random(7);

const lines = () => (existsSync(journal) ? readFileSync(journal, "latin1") : "").split("\n");
const answered = () => lines().length - 1;

/** Whole lines of a journal that a crash may have cut. */
function judgments(): Judgment[] {
  return lines()
    .filter((line) => line.endsWith("}"))
    .map((line) => JSON.parse(line));
}

/** Kills a process, unless it has ended, at a random moment: while it starts, or some milliseconds after it has written some lines. */
async function runAndKill(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<boolean> {
  const child = spawn(process.execPath, argv, { stdio: "ignore", env, cwd: folder.path });
  const exit = once(child, "exit");
  const early = random.float() < 0.1;
  const wanted = answered() + random.int(2 * PACE);
  const until = performance.now() + (early ? 400 * random.float() : 20_000);
  while (performance.now() < until && answered() < wanted && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await new Promise((resolve) => setTimeout(resolve, 12 * random.float()));
  child.kill("SIGKILL");
  await exit;
  return child.signalCode === "SIGKILL";
}

/** Goes on until nothing is left to ask; failures of the server take a few runs. */
async function finish(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await run(process.execPath, argv, { env, cwd: folder.path });
      return;
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

/** A question: the judge, and both documents with their queries in the order shown. */
function nameOf({ judge, query, documents, order }: Judgment): string {
  const queries = typeof query === "string" ? [query, query] : query;
  const shown = documents.map((document, i) => [queries[i], document]);
  return JSON.stringify([judge, order === "ab" ? shown : shown.toReversed()]);
}

it(`holds every answer once after ${KILLS} kills, and the bill counts each once`, {
  timeout: 60_000 + 4000 * KILLS,
}, async () => {
  const simulator = await startJudgeSimulator({
    truth: { documents: TEXTS, queries: Object.values(QUERIES), score: hiddenScore },
    judges: { judge: {}, other: { positionBias: 0.5, malformed: { refusal: 0.1 } } },
    apiKey: KEY,
    latencyMs: [5, 40],
    faults: { "rate-limit": 0.05, drop: 0.02, "server-error": 0.03 },
  });
  try {
    const judges = harbour.judgesFile(
      simulator,
      { concurrency: CONCURRENCY },
      { model: "other", concurrency: CONCURRENCY },
    );
    const command = [
      ...[program, "judge", ...INPUTS, "--judges", judges, "--out", journal, "--json"],
      ...["--pairs-per-query", String(PAIRS), "--cross-pairs", "1", "--concurrency", String(CONCURRENCY)],
    ];
    const env = { ...process.env, JUDGE_KEY: KEY };
    let [torn, killed] = [0, 0];
    for (let kill = 0; kill < KILLS; kill++) {
      const before = judgments();
      if (await runAndKill(command, env)) killed++;
      // Not one line of an earlier run has changed.
      expect(judgments().slice(0, before.length)).toEqual(before);
      if (lines().at(-1) !== "") torn++;
    }
    expect(killed).toBeGreaterThan(0.9 * KILLS);
    const afterKills = answered();
    await finish(command, env);
    const all = judgments();
    const summary = JSON.parse((await run(process.execPath, command, { env, cwd: folder.path })).stdout);

    // Every pair exactly once per order and judge, no line lost or doubled.
    expect(summary).toMatchObject({ known: summary.total, failed: 0, answers: all.length });
    expect(all).toHaveLength(lines().length - 1);
    const names = all.map(nameOf);
    expect(new Set(names).size).toBe(all.length);
    const turned = all.map((line) => nameOf({ ...line, order: line.order === "ab" ? "ba" : "ab" }));
    expect(new Set(turned)).toEqual(new Set(names));

    // The bill counts each call once: as many lines as the server answered different requests.
    const counts = simulator.counts();
    expect(all).toHaveLength(counts.distinct);
    const sum = (key: "promptTokens" | "completionTokens") =>
      all.reduce((total, line) => total + (line[key] ?? 0), 0);
    expect(summary.totals.all).toMatchObject({
      calls: all.length,
      promptTokens: sum("promptTokens"),
      completionTokens: sum("completionTokens"),
    });
    // What was answered, but not written when the process died, is asked again: at most what was under way.
    const lost = counts.answered - counts.distinct;
    expect(lost).toBeLessThanOrEqual(KILLS * 2 * CONCURRENCY);
    process.stderr.write(
      `${killed} kills: ${all.length} lines (${afterKills} after the last kill), ${counts.distinct} different requests answered, ${counts.answered} answers (${lost} lost with a killed process, ${(lost / KILLS).toFixed(2)} a kill), ${torn} torn lines\n`,
    );
  } finally {
    await simulator.close();
  }
});
