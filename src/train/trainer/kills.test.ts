import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, watch } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { compileCli } from "../../cli/testing/compile-cli.js";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { Random } from "../../numbers/random.js";
import type { TrainReport } from "./train.js";

const MODEL = join(import.meta.dirname, "../../../goldens/models/bert-1label");
const WORDS = ["a", "of", "the", "in", "to", "and"];
const KILLS = 10;
const EVERY = 2;

const folder = new TemporaryFolder();
const random = new Random(4);
const program = compileCli(folder.path);
const data = folder.write("data.jsonl", Array.from({ length: 300 }, line).join(""));

function line(): string {
  const text = () => Array.from({ length: 4 }, () => WORDS[random.int(WORDS.length)]).join(" ");
  const [query, positive, negative] = [text(), `the ${text()}`, [`of ${text()}`, `in ${text()}`]];
  return `${JSON.stringify({ query, positive, negative })}\n`;
}

/** 200 updates of a training in which everything that a checkpoint holds matters. */
const command = (out: string, ...more: readonly string[]) => [
  ...[program, "train", "--model", MODEL, "--data", data, "--out", join(folder.path, out), "--threads", "1"],
  ...["--epochs", "4", "--max-steps", "200", "--batch-examples", "4", "--learning-rate", "0.01"],
  ...["--averaging", "0.9", "--hold-out", "0.1", "--validate-every", "20", "--json", ...more],
];

const trained = async (...argv: Parameters<typeof command>): Promise<TrainReport> =>
  JSON.parse((await promisify(execFile)(process.execPath, command(...argv))).stdout);
/** The model, and everything that a training goes on from. */
const RESULTS = ["model.safetensors", "checkpoints/step-200/model.safetensors"];

/** The rhythm of checkpoints changes nothing. */
const RESUMED = ["killed", "--resume"] as const;
const checkpoints = join(folder.path, "killed/checkpoints");

/** When a process is killed: after so many checkpoints, while it writes the next one or some time later. */
interface Moment {
  readonly checkpoints: number;
  readonly writing: boolean;
  readonly delayMs: number;
}

/** @returns the update of the first checkpoint that the process began to write */
async function killAt(
  child: ChildProcess,
  { checkpoints: wanted, writing, delayMs }: Moment,
): Promise<number> {
  const before = lastStep();
  const begun = new Set<string>();
  const done = new Set<string>();
  const watcher = watch(checkpoints, (_, name) => {
    if (name?.endsWith(".tmp")) begun.add(name);
    else if (name?.startsWith("step-") && Number(name.slice(5)) > before) done.add(name);
    if (done.size < wanted) return;
    if (!writing) setTimeout(() => child.kill("SIGKILL"), delayMs);
    else if (begun.size > done.size) child.kill("SIGKILL");
  });
  await once(child, "exit");
  watcher.close();
  return Number(/\d+/.exec([...begun][0] ?? "")?.[0]);
}

/** Of the last complete checkpoint; 0 where there is none. */
function lastStep(): number {
  const steps = readdirSync(checkpoints).flatMap((name) => /^step-(\d+)$/.exec(name)?.[1] ?? []);
  return Math.max(0, ...steps.map(Number));
}

it("ends with the same bits after ten kills", { timeout: 120_000 }, async () => {
  const whole = await trained("whole");
  mkdirSync(checkpoints, { recursive: true });
  let torn = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const moment = { checkpoints: random.int(4), writing: kill % 2 === 0, delayMs: 20 * random.float() };
    const before = lastStep();
    const child = spawn(process.execPath, command(...RESUMED, "--checkpoint-every", `${EVERY}`), {
      stdio: "ignore",
    });
    // Beginning anew each time would end with the same bits too.
    expect(await killAt(child, moment), `${before}, ${JSON.stringify(moment)}`).toBe(before + EVERY);
    expect(child.signalCode).toBe("SIGKILL");
    torn += readdirSync(checkpoints).filter((name) => name.endsWith(".tmp")).length;
  }
  expect(torn).toBeGreaterThan(0);
  expect({ ...(await trained(...RESUMED)), trainedMs: 0 }).toEqual({ ...whole, trainedMs: 0 });
  for (const file of RESULTS) {
    const [ours, theirs] = ["killed", "whole"].map((out) => readFileSync(join(folder.path, out, file)));
    expect(ours?.equals(theirs as Buffer), file).toBe(true);
  }
});
