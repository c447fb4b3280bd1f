import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { compileCli } from "../../cli/testing/compile-cli.js";
import { TemporaryFolder } from "../../files/testing/temporary-folder.js";
import { openDataset } from "../data/index.js";
import { createLoss } from "../losses/losses.js";
import { type TrainOptions, train } from "./train.js";

/** What the system says to writes once a checkpoint has `after` of its bytes; unset: a healthy disk. */
let trouble: { readonly code: string; readonly after: number } | undefined;

vi.mock("node:fs/promises", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs/promises")>();
  const open = async (...args: Parameters<typeof fs.open>): Promise<FileHandle> => {
    const handle = await fs.open(...args);
    let written = 0;
    const writeFile = async (data: Uint8Array) => {
      written += data.byteLength;
      if (trouble !== undefined && written > trouble.after) {
        throw Object.assign(new Error("write failed"), { code: trouble.code });
      }
      await fs.writeFile(handle, data);
    };
    return Object.assign(handle, { writeFile });
  };
  return { ...fs, open };
});

const MODEL = join(import.meta.dirname, "../../../goldens/models/bert-1label");
const folder = new TemporaryFolder();
const lines = Array.from({ length: 48 }, (_, i) =>
  JSON.stringify({ query: `a ${i}`, positive: "the a of", negative: ["of a in", "in a of"] }),
);
const data = folder.write("data.jsonl", `${lines.join("\n")}\n`);

/** Twelve updates, a checkpoint after every third. */
async function options(name: string, more: Partial<TrainOptions> = {}): Promise<TrainOptions> {
  return {
    model: MODEL,
    data: await openDataset([{ file: data }]),
    loss: createLoss("lce"),
    out: join(folder.path, name),
    loader: { batchExamples: 4 },
    checkpointEvery: 3,
    threads: 1,
    ...more,
  };
}

const weightsOf = (name: string) => readFileSync(join(folder.path, name, "model.safetensors"));

describe("a disk that is full while a checkpoint is written", () => {
  beforeAll(async () => void (await train(await options("whole"))));
  beforeEach(() => {
    trouble = undefined;
    rmSync(join(folder.path, "full"), { recursive: true, force: true });
  });

  it.each([
    ["ENOSPC", 0],
    ["ENOSPC", 60_000],
    ["EDQUOT", 60_000],
  ])("(%s after %i bytes) ends the training and leaves those before to go on from", async (code, after) => {
    const filling = await options("full", {
      onProgress: ({ step }) => {
        trouble = step < 7 ? undefined : { code, after };
      },
    });
    await expect(train(filling)).rejects.toMatchObject({
      code: "DISK_FULL",
      message: expect.stringContaining("step-9"),
      cause: { code },
    });
    expect(readdirSync(join(folder.path, "full/checkpoints")).sort()).toEqual(["step-3", "step-6"]);
    trouble = undefined;
    const steps: number[] = [];
    await train(await options("full", { resume: true, onProgress: ({ step }) => steps.push(step) }));
    expect(steps[0]).toBe(7);
    expect(weightsOf("full").equals(weightsOf("whole"))).toBe(true);
  });

  const possible = canMount();
  it.skipIf(!possible)(`is met on a real one${possible ? "" : ": skipped: not permitted to mount"}`, () => {
    const disk = folder.write("disk/.keep", "").slice(0, -"/.keep".length);
    const program = compileCli(folder.path);
    const command = (out: string) =>
      [process.execPath, program, "train", "--model", MODEL, "--data", data, "--out", out].concat(
        "--loss lce --batch-examples 4 --checkpoint-every 3 --threads 1 --json".split(" "),
      );
    // Room for two checkpoints and a part of the third; the disk is gone when its process ends.
    const script = 'mount -t tmpfs -o size=300k tmpfs "$DISK" && { "$@" 2>&1; cp -r "$DISK" "$KEPT"; }';
    const places = { DISK: disk, KEPT: join(folder.path, "full") };
    const output = inNamespace(script, places, ...command(disk));
    expect(output).toMatch(/^rankwright: DISK_FULL: no space left for .*step-9/);
    expect(readdirSync(join(folder.path, "full/checkpoints")).sort()).toEqual(["step-3", "step-6"]);
    const run = (name: string, ...more: readonly string[]) => {
      const [node = "", ...args] = command(join(folder.path, name));
      execFileSync(node, [...args, ...more], { stdio: "ignore" });
      return weightsOf(name);
    };
    expect(run("full", "--resume").equals(run("undisturbed"))).toBe(true);
  });
});

/** Runs a shell that may mount, without being root outside. @returns what it prints */
function inNamespace(
  script: string,
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): string {
  const command = ["--map-root-user", "--mount", "sh", "-c", script, "sh", ...args];
  return execFileSync("unshare", command, { env: { ...process.env, ...env }, encoding: "utf8" });
}

function canMount(): boolean {
  try {
    inNamespace('mount -t tmpfs tmpfs "$DISK" 2>&1', { DISK: folder.path });
    return true;
  } catch {
    return false;
  }
}
