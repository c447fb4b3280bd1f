import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { kendallTau, spearman } from "../../evaluate/statistics/rank-correlation.js";
import { loadCrossEncoder } from "../../models/load-cross-encoder.js";
import { openCheckpoint, writeSafetensors } from "../../models/safetensors/index.js";
import { openDataset } from "../data/index.js";
import type { TrainingExample } from "../example.js";
import { checkInt8 } from "./check-int8.js";
import { int8Problems } from "./int8-report.js";

const MODEL = join(import.meta.dirname, "../../../goldens/models/bert-1label");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "int8-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const TEXTS = ["the a of", "of a in", "in a of the", "to and", "a a a a", "and to the in"];

function list(i: number, documents = TEXTS, relevant = i % documents.length): TrainingExample {
  return {
    query: `a ${i}`,
    documents: documents.map((text) => ({ text })),
    targets: documents.map((_, d) => (d === relevant ? 1 : 0)),
  };
}

const dataset = (examples: readonly TrainingExample[]) => openDataset([{ name: "held out", examples }]);

/** The model with some tensors replaced. */
async function changed(change: (name: string, data: Float32Array) => Float32Array): Promise<string> {
  cpSync(MODEL, folder, { recursive: true });
  const checkpoint = await openCheckpoint(MODEL);
  const tensors = [];
  for (const name of checkpoint.names()) {
    tensors.push({
      name,
      shape: checkpoint.info(name).shape,
      data: change(name, await checkpoint.read(name)),
    });
  }
  await checkpoint.close();
  await writeSafetensors(join(folder, "model.safetensors"), tensors);
  return folder;
}

describe("checkInt8", () => {
  it("gives the mean correlations of both precisions, list by list", async () => {
    const examples = [0, 1, 2].map((i) => list(i));
    const seen: [number, number][] = [];
    const report = await checkInt8(MODEL, await dataset(examples), {
      onProgress: (done, total) => seen.push([done, total]),
    });
    const rho: number[] = [];
    const tau: number[] = [];
    const [exact, int8] = await Promise.all(
      (["float32", "int8"] as const).map((precision) => loadCrossEncoder(MODEL, "m", { precision })),
    );
    for (const { query, documents } of examples) {
      const pairs = documents.map((document) => ({ query, document }));
      const [a, b] = [(await exact!.score(pairs)).scores, (await int8!.score(pairs)).scores];
      expect(a).not.toEqual(b);
      rho.push(spearman(a, b) as number);
      tau.push(kendallTau(a, b) as number);
    }
    await Promise.all([exact?.close(), int8?.close()]);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(report).toMatchObject({ lists: 3, documents: 18, bounds: { spearman: 0.98, ndcgLoss: 0.005 } });
    expect(report.weights).toMatch(/^[0-9a-f]{64}$/);
    expect(report.spearman).toBeCloseTo(mean(rho), 12);
    expect(report.kendall).toBeCloseTo(mean(tau), 12);
    expect(seen.at(-1)).toEqual([36, 36]);
  });

  it("looks at so many lists as it may, the same ones for the same seed", async () => {
    const data = await dataset([...Array.from({ length: 9 }, (_, i) => list(i)), list(9, ["the of"], 0)]);
    expect(await checkInt8(MODEL, data)).toMatchObject({ lists: 9, documents: 54 });
    const [once, again] = [
      await checkInt8(MODEL, data, { lists: 2 }),
      await checkInt8(MODEL, data, { lists: 2 }),
    ];
    expect(once).toMatchObject({ lists: 2, documents: 12 });
    expect(again).toEqual(once);
  });

  it("sees what an activation far larger than its neighbours does to int8", async () => {
    // One feature takes the whole range of a layer's 8 bits, and the others fall on few steps of it.
    const broken = await changed((name, data) =>
      /attention\.output\.LayerNorm\.weight$/.test(name)
        ? data.map((value, i) => (i === 3 ? value * 40 : value))
        : data,
    );
    const data = await dataset([0, 1, 2, 3, 4, 5].map((i) => list(i)));
    const [sound, hurt] = [await checkInt8(MODEL, data), await checkInt8(broken, data)];
    expect(int8Problems(sound)).toEqual([]);
    expect(int8Problems(hurt)).toEqual([expect.stringContaining("Spearman")]);
    expect(hurt.weights).not.toBe(sound.weights);
  });

  it("leaves nDCG out where no document is relevant", async () => {
    const report = await checkInt8(MODEL, await dataset([list(0, TEXTS, -1), list(1, TEXTS, -1)]));
    expect(report.ndcg).toBeUndefined();
    expect((await checkInt8(MODEL, await dataset([list(0)]))).ndcg?.float32).toBeGreaterThan(0);
  });

  it("refuses validation data in which there is nothing to compare", async () => {
    const same = list(0, ["the of", "the of"], 0);
    const single = list(0, ["the of"], 0);
    for (const examples of [[single], [same]]) {
      await expect(checkInt8(MODEL, await dataset(examples))).rejects.toMatchObject({
        code: "INVALID_TRAINING_DATA",
        message: expect.stringContaining("two documents with different scores"),
      });
    }
  });
});
