import { describe, expect, it } from "vitest";
import { rankwright } from "../architectures/rankwright.js";
import { configOf } from "./create-model.js";
import { initialWeights } from "./initial-weights.js";
import { MATCH_ROWS } from "./layout.js";
import { RARITY_TENSOR } from "./open-features.js";

const SIZE = 64;
const config = rankwright.readConfig(configOf({ layers: 2, hiddenSize: SIZE, embeddingSize: 32 }, 500));
const rarity = Array.from({ length: 500 }, (_, id) => id % 16);
const weights = new Map(initialWeights(config, rarity, 11).map((tensor) => [tensor.name, tensor]));
const data = (name: string) => [...weights.get(name)!.data];

describe("initialWeights", () => {
  it("spreads weights as BERT's were, and cuts them off", () => {
    const words = data("rankwright.embeddings.word_embeddings.weight");
    const variance = words.reduce((sum, value) => sum + value * value, 0) / words.length;
    expect(Math.max(...words.map(Math.abs))).toBeLessThanOrEqual(0.04);
    // A normal distribution that is cut off at two deviations has 0.880 of the deviation.
    expect(Math.sqrt(variance)).toBeCloseTo(0.88 * 0.02, 3);
  });

  it("starts norms at 1 and biases at 0", () => {
    expect(new Set(data("rankwright.encoder.layer.1.output.LayerNorm.weight"))).toEqual(new Set([1]));
    expect(new Set(data("rankwright.encoder.layer.1.output.LayerNorm.bias"))).toEqual(new Set([0]));
    expect(new Set(data("classifier.out_proj.bias"))).toEqual(new Set([0]));
  });

  it("keeps the levels of rarity", () => expect(data(RARITY_TENSOR)).toEqual(rarity));

  it("makes neighbouring levels alike, and distant ones not", () => {
    const table = weights.get("rankwright.embeddings.match_embeddings.weight")!;
    const row = (index: number) => [...table.data.subarray(index * 32, (index + 1) * 32)];
    const cosine = (a: number[], b: number[]) =>
      a.reduce((sum, v, i) => sum + v * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));
    const at = (level: number) => row(MATCH_ROWS.document(3, level));
    expect(cosine(at(4), at(5))).toBeGreaterThan(0.95);
    expect(Math.abs(cosine(at(0), at(15)))).toBeLessThan(0.6);
  });

  it("depends on the seed alone", () => {
    const again = initialWeights(config, rarity, 11).map((tensor) => [...tensor.data].join());
    expect(again).toEqual([...weights.values()].map((tensor) => [...tensor.data].join()));
    const other = initialWeights(config, rarity, 12).find(({ name }) => name === "classifier.dense.weight");
    expect([...other!.data]).not.toEqual(data("classifier.dense.weight"));
  });

  it("wants a level for each id", () => {
    expect(() => initialWeights(config, rarity.slice(1), 1)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", field: "rarity" }),
    );
  });
});
