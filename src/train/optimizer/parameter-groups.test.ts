import { describe, expect, it } from "vitest";
import { decays, parameterGroups } from "./parameter-groups.js";

describe("decays", () => {
  it.each([
    "bert.encoder.layer.0.attention.self.query.weight",
    "bert.embeddings.word_embeddings.weight",
    "classifier.weight",
    "electra.embeddings_project.weight",
    "model.layers.3.mlp.Wi.weight",
    "normalizer_embeddings.weight",
  ])("holds for %s", (name) => expect(decays(name)).toBe(true));

  it.each([
    "bert.encoder.layer.0.attention.self.query.bias",
    "bert.encoder.layer.0.output.LayerNorm.weight",
    "bert.embeddings.LayerNorm.beta",
    "bert.embeddings.LayerNorm.gamma",
    "model.layers.3.attn_norm.weight",
    "model.final_norm.weight",
    "blocks.1.norm2.weight",
    "h.0.ln_1.weight",
    "LayerNorm.weight",
    "bias",
  ])("does not hold for %s", (name) => expect(decays(name)).toBe(false));
});

describe("parameterGroups", () => {
  it("slows every layer down by the same factor against the layer above", () => {
    const rates = {
      "bert.embeddings.word_embeddings.weight": 0.125,
      "bert.embeddings.LayerNorm.weight": 0.125,
      "bert.encoder.layer.0.output.dense.weight": 0.25,
      "bert.encoder.layer.1.output.dense.bias": 0.5,
      "bert.pooler.dense.weight": 1,
      "classifier.weight": 1,
    };
    const groups = parameterGroups(Object.keys(rates), 0.5);
    expect(groups.map(({ rateScale }) => rateScale)).toEqual(Object.values(rates));
  });

  it("counts layers of two digits, and does without any", () => {
    const [low, high] = parameterGroups(["layers.0.x.weight", "layers.11.x.weight"], 0.5);
    expect(low?.rateScale).toBe(0.5 ** 12);
    expect(high?.rateScale).toBe(0.5);
    expect(parameterGroups(["dense.weight"], 0.5)).toEqual([{ decays: true, rateScale: 1 }]);
  });
});
