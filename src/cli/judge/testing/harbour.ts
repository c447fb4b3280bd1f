import { readFileSync } from "node:fs";
import { onTestFinished } from "vitest";
import { TemporaryFolder } from "../../../files/testing/temporary-folder.js";
import {
  type JudgeSimulator,
  type JudgeSimulatorOptions,
  startJudgeSimulator,
} from "../../../testing/index.js";
import { type CliOptions, runCli } from "../../testing/run-cli.js";

export const TEXTS = Array.from({ length: 60 }, (_, i) => `Passage text number ${i}, about the harbour.`);
export const QUERIES = { q1: "which harbour is old", q2: "which harbour is deep" } as const;
export const KEY = "sk-secret";
export const INPUTS = ["--queries", "queries.jsonl", "--corpus", "corpus.jsonl", "--candidates", "run.trec"];

/** Better the further down, and for the second query altogether. */
export function hiddenScore(document: string, query: string | undefined): number {
  return 0.5 * TEXTS.indexOf(document) + (query === QUERIES.q2 ? 3 : 0);
}

const jsonl = (records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");

/** A folder with two queries, their documents and a run, and judges of them behind servers of this process. */
export class Harbour {
  readonly folder = new TemporaryFolder();
  #files = 0;

  /** @param count of documents, at most 60 */
  constructor(count = 12) {
    const texts = TEXTS.slice(0, count);
    this.folder.write("corpus.jsonl", jsonl(texts.map((text, i) => ({ _id: `d${i}`, text }))));
    this.folder.write("queries.jsonl", jsonl(Object.entries(QUERIES).map(([_id, text]) => ({ _id, text }))));
    const lines = Object.keys(QUERIES).flatMap((query) =>
      texts.map((_, i) => `${query} Q0 d${i} ${i + 1} ${100 - i} bm25\n`),
    );
    this.folder.write("run.trec", lines.join(""));
  }

  /** A server that ends with the test. */
  async start(options: Partial<JudgeSimulatorOptions> = {}): Promise<JudgeSimulator> {
    const truth = { documents: TEXTS, queries: Object.values(QUERIES), score: hiddenScore };
    const simulator = await startJudgeSimulator({ truth, apiKey: KEY, ...options });
    onTestFinished(() => simulator.close());
    return simulator;
  }

  /** A file of judges at a server, one unless more are described. */
  judgesFile(simulator: JudgeSimulator, ...specs: readonly object[]): string {
    const common = {
      model: "judge",
      baseUrl: simulator.url,
      apiKeyEnv: "JUDGE_KEY",
      retries: 1,
      answerTokens: 20,
    };
    const price = { input: 1, output: 4 };
    const judges = (specs.length === 0 ? [{}] : specs).map((spec) => ({ ...common, price, ...spec }));
    return this.folder.write(this.newName("judges", "json"), JSON.stringify(judges));
  }

  newName(stem: string, ending: string): string {
    return `${stem}-${++this.#files}.${ending}`;
  }

  newJournal(): string {
    return this.newName("journal", "jsonl");
  }

  judge(judges: string, journal: string, argv: readonly string[] = [], options: CliOptions = {}) {
    const command = ["judge", ...INPUTS, "--judges", judges, "--out", journal, "--degree", "4", ...argv];
    return runCli(command, { cwd: this.folder.path, env: { JUDGE_KEY: KEY }, ...options });
  }

  fit(...argv: string[]) {
    return runCli(["fit", ...argv], { cwd: this.folder.path });
  }

  /** The lines of a file. */
  read(name: string) {
    const text = readFileSync(`${this.folder.path}/${name}`, "utf8").trimEnd();
    return text.split("\n").map((line) => JSON.parse(line));
  }
}
