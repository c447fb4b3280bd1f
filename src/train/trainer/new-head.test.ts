import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadCrossEncoder } from "../../models/load-cross-encoder.js";
import { openCheckpoint, writeSafetensors } from "../../models/safetensors/index.js";
import { openDataset } from "../data/index.js";
import { createLoss } from "../losses/losses.js";
import { newHead, withOneLabel } from "./new-head.js";
import { type TrainReport, train } from "./train.js";

const MODELS = join(import.meta.dirname, "../../../goldens/models");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "new-head-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A checkpoint of the goldens without its head, and without the facts about it in config.json. */
async function encoderOnly(name: string, isHead: (tensor: string) => boolean): Promise<string> {
  const model = join(folder, "encoder");
  cpSync(join(MODELS, name), model, { recursive: true });
  const checkpoint = await openCheckpoint(model);
  const kept = [];
  for (const tensor of checkpoint.names()) {
    if (isHead(tensor)) continue;
    kept.push({ name: tensor, shape: checkpoint.info(tensor).shape, data: await checkpoint.read(tensor) });
  }
  await checkpoint.close();
  await writeSafetensors(join(model, "model.safetensors"), kept);
  const {
    id2label: _,
    label2id: __,
    ...config
  } = JSON.parse(readFileSync(join(model, "config.json"), "utf8"));
  writeFileSync(
    join(model, "config.json"),
    JSON.stringify({ ...config, architectures: ["BertForMaskedLM"] }),
  );
  return model;
}

async function trainOn(model: string): Promise<TrainReport> {
  const examples = Array.from({ length: 60 }, (_, i) => ({
    query: `a ${i % 7}`,
    documents: [{ text: "the a of" }, { text: "of a in" }, { text: "in of a" }],
    targets: [1, 0, 0],
  }));
  return train({
    model,
    data: await openDataset([{ name: "train", examples }]),
    loss: createLoss("lce"),
    out: join(folder, "out"),
    ...{ learningRate: 1e-2, epochs: 4, loader: { batchExamples: 6 }, validateEvery: 10, threads: 1 },
  });
}

describe("a new head", () => {
  it.each([
    ["bert-1label", (name: string) => /^classifier|pooler/.test(name), 4],
    ["bert-unprefixed", (name: string) => /^classifier|pooler/.test(name), 4],
    ["bert-2labels", (name: string) => name.startsWith("classifier"), 2],
    ["electra-1label", (name: string) => name.startsWith("classifier"), 4],
    ["roberta-1label", (name: string) => name.startsWith("classifier.out_proj"), 2],
  ])("makes a ranking model of the encoder of %s", async (name, isHead, tensors) => {
    const model = await encoderOnly(name, isHead);
    await expect(loadCrossEncoder(model, name)).rejects.toMatchObject({ code: "MISSING_TENSOR" });
    const { curve, warnings } = await trainOn(model);
    expect(curve.at(-1)!.loss).toBeLessThan(0.5 * curve[0]!.loss);
    expect(warnings).toEqual([expect.stringMatching(/has no .*new/)]);
    expect(warnings[0]!.match(/\.(weight|bias)/g)).toHaveLength(tensors);

    const scorer = await loadCrossEncoder(join(folder, "out"), "trained");
    const { scores } = await scorer.score([
      { query: "a 3", document: { text: "of a in" } },
      { query: "a 3", document: { text: "the a of" } },
    ]);
    await scorer.close();
    expect(scores[1]).toBeGreaterThan(scores[0]!);
    expect(JSON.parse(readFileSync(join(folder, "out/config.json"), "utf8"))).toMatchObject({
      architectures: ["BertForSequenceClassification"],
      id2label: { 0: "relevance" },
    });
  });

  it("may be a missing pooler alone", async () => {
    const model = await encoderOnly("bert-2labels", (name) => name.includes("pooler"));
    expect((await trainOn(model)).warnings[0]).toMatch(/bert\.pooler\.dense\.weight/);
    const before = readFileSync(join(model, "config.json"));
    expect(readFileSync(join(folder, "out/config.json")).equals(before)).toBe(true);
  });

  it("does not stand in for a missing encoder", async () => {
    const model = await encoderOnly("bert-1label", (name) => name.includes("layer.1.output.dense"));
    await expect(trainOn(model)).rejects.toMatchObject({ code: "MISSING_TENSOR" });
  });
});

describe("newHead", () => {
  const shapes = new Map([
    ["classifier.weight", [100, 100]],
    ["classifier.bias", [100]],
  ]);

  it("draws weights with a deviation of 0.02 and sets biases to 0", () => {
    const { data } = newHead(shapes, 1).get("classifier.weight")!;
    const mean = data.reduce((a, b) => a + b) / data.length;
    const deviation = Math.sqrt(data.reduce((sum, x) => sum + (x - mean) ** 2, 0) / data.length);
    expect(mean).toBeCloseTo(0, 3);
    expect(deviation).toBeCloseTo(0.02, 3);
    expect(
      newHead(shapes, 1)
        .get("classifier.bias")!
        .data.every((x) => x === 0),
    ).toBe(true);
  });

  it("gives the same weights for the same seed", () => {
    expect(newHead(shapes, 1)).toEqual(newHead(shapes, 1));
    expect(newHead(shapes, 2)).not.toEqual(newHead(shapes, 1));
  });
});

describe("withOneLabel", () => {
  it.each([
    ["BertModel", "BertForSequenceClassification"],
    ["ElectraForPreTraining", "ElectraForSequenceClassification"],
    ["XLMRobertaForMaskedLM", "XLMRobertaForSequenceClassification"],
  ])("makes of %s a %s", (before, after) => {
    const config = withOneLabel({ architectures: [before], num_labels: 3, hidden_size: 16 });
    expect(config).toMatchObject({ architectures: [after], hidden_size: 16, id2label: { 0: "relevance" } });
    expect(config).not.toHaveProperty("num_labels");
  });
});
