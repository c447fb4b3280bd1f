import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lowerAttention, MODEL_FILE, SessionPool, writeModel } from "../onnx/index.js";
import { architectureFor } from "./architectures/registry.js";
import { buildGraph } from "./build-graph.js";
import { readConfig } from "./config.js";
import type { TokenSequence } from "./pack.js";
import { PackedProgram } from "./packed-program.js";
import { openCheckpoint } from "./safetensors/index.js";

/** One folder per case, made by goldens/models/make.py with PyTorch and transformers. */
const GOLDENS = join(import.meta.dirname, "../../goldens/models");
const cases = readdirSync(GOLDENS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith("onnx") && !entry.name.startsWith("_"))
  .map((entry) => entry.name);

const scratch = mkdtempSync(join(tmpdir(), "rankwright-goldens-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Golden {
  readonly labels: number;
  readonly pairs: readonly {
    readonly ids: number[];
    readonly typeIds: number[];
    readonly logits: number[];
  }[];
}

async function load(folder: string, name: string): Promise<PackedProgram> {
  const raw = await readConfig(folder);
  const architecture = architectureFor(raw);
  const config = architecture.readConfig(raw);
  const checkpoint = await openCheckpoint(folder);
  const out = mkdtempSync(join(scratch, name));
  await writeModel(lowerAttention(buildGraph(architecture, config, checkpoint)), checkpoint, out);
  await checkpoint.close();
  const pool = await SessionPool.open(join(out, MODEL_FILE), { sessions: 1, threadsPerSession: 1 });
  return new PackedProgram(pool, config);
}

describe("logits against PyTorch and transformers", () => {
  it("has cases", () => expect(cases.length).toBeGreaterThanOrEqual(15));

  it.each(cases)("%s: at most 1e-5 apart, alone and in one batch", async (name) => {
    const golden: Golden = JSON.parse(readFileSync(join(GOLDENS, name, "expected.json"), "utf8"));
    const program = await load(join(GOLDENS, name), name);
    try {
      expect(program.labels).toBe(golden.labels);
      const sequences: TokenSequence[] = golden.pairs.map(({ ids, typeIds }) => ({
        ids: Int32Array.from(ids),
        typeIds: Int32Array.from(typeIds),
      }));
      const expected = golden.pairs.flatMap(({ logits }) => logits);
      const together = await program.run(sequences);
      expect(largestDifference(together, expected)).toBeLessThanOrEqual(1e-5);
      const alone: number[] = [];
      for (const sequence of sequences) alone.push(...(await program.run([sequence])));
      expect(largestDifference(alone, expected)).toBeLessThanOrEqual(1e-5);
      expect(largestDifference(alone, together)).toBeLessThanOrEqual(1e-5);
    } finally {
      await program.close();
    }
  });
});

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((worst, value, i) => Math.max(worst, Math.abs(value - (b[i] as number))), 0);
}
